"""Time passes: `frontdesk_advance`."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command
from helpdesk.models import Ticket

from frontdesk.django.management.commands.frontdesk_advance import Command
from frontdesk_helpdesk import shared

from . import clock
from .desk import HelpdeskTestCase, last_turn, remove_desk


def advance(**options: object) -> list[str]:
    """What the command prints."""
    out = StringIO()
    call_command("frontdesk_advance", stdout=out, **options)
    return out.getvalue().splitlines()


class Time(HelpdeskTestCase):
    def test_nobody_is_there_until_somebody_comes_on_shift(self) -> None:
        clock.pass_by(hours=-4)  # Friday 06:00: New York sleeps, Stockholm does, too.
        ticket = self.ticket()
        self.assertIsNone(self.owner(ticket))
        (note,) = self.notes(ticket)
        self.assertEqual(note.title, "Waits for somebody")
        self.assertIn("* Anna Berg: away, outside working hours until Fri 20 Nov 09:00 Europe/Stockholm", note.comment)

        clock.pass_by(hours=2, minutes=59)
        self.assertEqual(advance(), [])
        clock.pass_by(minutes=1)
        lines = advance()
        self.assertIn("helpdesk: Fri 20 Nov 09:00:00 status changed anna available (working hours)", lines)
        self.assertIn(
            f"helpdesk: Fri 20 Nov 09:00:00 {ticket.pk}: It went to anna, by step 1 of the rule support (least_busy).",
            lines,
        )
        self.assertEqual(advance(), [])
        self.assertEqual(self.owner(ticket), "anna")

    def test_one_leap_gives_what_many_small_steps_give(self) -> None:
        clock.pass_by(hours=-4)
        tickets = [self.ticket(str(number)) for number in range(4)]
        clock.pass_by(days=3, hours=12)
        advance()
        owners = [self.owner(ticket) for ticket in tickets]
        self.assertEqual(owners, ["anna", "bo", "carmen", None])
        first = shared.log(str(tickets[2].pk))[-1]
        self.assertEqual(
            (first.type, first.at.astimezone(clock.STOCKHOLM).hour),
            ("assigned", 15),
            "when it fell due, not when we looked",
        )

    def test_any_change_lets_time_pass_first(self) -> None:
        clock.pass_by(hours=-4)
        early = self.ticket("Early")
        clock.pass_by(hours=4)
        late = self.ticket("Late")
        self.assertEqual((self.owner(early), self.owner(late)), ("anna", "bo"))

    def test_a_clock_that_goes_back_a_little(self) -> None:
        one = self.ticket()
        clock.pass_by(seconds=-3)
        two = self.ticket()
        self.assertEqual((self.owner(one), self.owner(two)), ("anna", "bo"))

    def test_it_makes_good_what_went_past_django(self) -> None:
        one = self.ticket()
        Ticket.objects.filter(pk=one.pk).update(status=Ticket.CLOSED_STATUS)
        self.assertIn("Tickets that had changed past the desk: 1. Now it knows.", advance())

    def test_the_loop_sleeps_until_something_falls_due(self) -> None:
        slept: list[float] = []

        def wait(_: object, seconds: float) -> None:
            slept.append(seconds)
            clock.pass_by(seconds=seconds)
            if len(slept) == 3:
                raise KeyboardInterrupt

        clock.set_to(clock.FRIDAY - timedelta(hours=1, seconds=90))
        ticket = self.ticket()
        with mock.patch.object(Command, "wait", wait), self.assertRaises(KeyboardInterrupt):
            advance(loop=True, every=60.0)
        self.assertEqual(slept[:2], [60, 30])
        self.assertEqual(self.owner(ticket), "anna")

    def test_tickets_are_told_in_the_same_transaction(self) -> None:
        clock.pass_by(hours=-4)
        ticket = self.ticket()
        clock.pass_by(hours=4)
        before = last_turn()
        with (
            mock.patch("frontdesk_helpdesk.effects.apply", side_effect=RuntimeError("broken")),
            self.assertRaisesMessage(CommandError, "not advanced: helpdesk"),
        ):
            advance(stderr=StringIO())
        self.assertEqual((last_turn(), self.owner(ticket)), (before, None))
        advance()
        self.assertEqual(self.owner(ticket), "anna")

    def test_without_a_desk_there_is_nothing_to_do(self) -> None:
        remove_desk()
        self.assertEqual(advance(), [])
