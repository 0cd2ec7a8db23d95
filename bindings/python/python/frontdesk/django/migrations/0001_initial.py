"""Version 1 of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from frontdesk.django._fields import IdField, InstantField
from frontdesk.django._schema import tables


def _desk() -> Any:
    return models.ForeignKey(
        "frontdesk.desk",
        models.DO_NOTHING,
        db_column="desk",
        db_constraint=False,
        db_index=False,
        related_name="+",
    )


def _turn() -> Any:
    return models.BigIntegerField(primary_key=True, serialize=False)


MODELS = [
    migrations.CreateModel(
        name="Desk",
        fields=[
            ("desk", IdField(primary_key=True, serialize=False)),
            ("last_turn", models.BigIntegerField()),
            ("wakes_at", InstantField(null=True)),
            ("erased_turn", models.BigIntegerField()),
        ],
        options={"db_table": "frontdesk_desks", "ordering": ["desk"]},
    ),
    migrations.CreateModel(
        name="Lease",
        fields=[
            ("desk", IdField(primary_key=True, serialize=False)),
            ("holder", models.CharField(max_length=100, null=True)),
            ("ends_at", InstantField()),
        ],
        options={"db_table": "frontdesk_leases", "ordering": ["desk"]},
    ),
    migrations.CreateModel(
        name="Turn",
        fields=[
            ("desk", _desk()),
            ("turn", _turn()),
            ("command_id", IdField(null=True)),
            ("at", InstantField()),
            ("body", models.TextField()),
            ("digest", models.CharField(max_length=64)),
        ],
        options={"db_table": "frontdesk_turns", "ordering": ["-turn"]},
    ),
    migrations.CreateModel(
        name="RemovedCommand",
        fields=[
            ("desk", _desk()),
            ("command_id", IdField(primary_key=True, serialize=False)),
            ("turn", models.BigIntegerField()),
        ],
        options={"db_table": "frontdesk_commands", "ordering": ["-turn"]},
    ),
    migrations.CreateModel(
        name="Conversation",
        fields=[("desk", _desk()), ("conversation", IdField()), ("turn", _turn())],
        options={"db_table": "frontdesk_conversations", "ordering": ["-turn"]},
    ),
    migrations.CreateModel(
        name="Snapshot",
        fields=[
            ("desk", _desk()),
            ("turn", _turn()),
            ("part", models.IntegerField()),
            ("digest", models.CharField(max_length=64)),
            ("body", models.TextField()),
        ],
        options={"db_table": "frontdesk_snapshots", "ordering": ["-turn", "part"]},
    ),
    migrations.CreateModel(
        name="Subject",
        fields=[
            ("desk", _desk()),
            ("turn", _turn()),
            ("of_snapshot", models.IntegerField()),
            ("subject", IdField()),
            ("personal", models.TextField()),
        ],
        options={
            "db_table": "frontdesk_subjects",
            "ordering": ["-turn", "subject"],
            "verbose_name": "personal data",
            "verbose_name_plural": "personal data",
        },
    ),
    migrations.CreateModel(
        name="Pending",
        fields=[
            ("number", models.BigAutoField(primary_key=True, serialize=False)),
            ("desk", _desk()),
            ("command_id", IdField()),
            ("command", models.TextField()),
            ("handed_in_at", InstantField()),
            ("decided_at", InstantField(null=True)),
            ("turn", models.BigIntegerField(null=True)),
            ("refused", models.TextField(null=True)),
        ],
        options={
            "db_table": "frontdesk_pending",
            "ordering": ["-number"],
            "verbose_name": "command handed in",
            "verbose_name_plural": "commands handed in",
        },
    ),
]


class Migration(migrations.Migration):
    """Makes the tables by ``frontdesk.shared.migrate``."""

    initial: ClassVar[bool | None] = True
    dependencies: ClassVar[Sequence[tuple[str, str]]] = []
    operations: ClassVar[Sequence[Operation]] = [
        migrations.SeparateDatabaseAndState(database_operations=[tables()], state_operations=MODELS)
    ]
