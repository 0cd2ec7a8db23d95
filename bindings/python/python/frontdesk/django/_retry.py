"""Running a transaction again that another worker was in the way of."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from inspect import iscoroutinefunction
from random import random
from time import sleep
from typing import ParamSpec, TypeVar, overload

from django.db import DEFAULT_DB_ALIAS, Error, transaction

from frontdesk import _connections
from frontdesk.problems import RetryTransaction

from ._desks import alias_of

_P = ParamSpec("_P")
_R = TypeVar("_R")

#: The longest pause after the first try is twice this, in seconds; it doubles each time, so that workers get out of each other's way.
_PAUSE = 0.005

_NESTED = (
    "a transaction is open already, and only a whole one can be run again: call this outside of transaction.atomic(); for a view with "
    "ATOMIC_REQUESTS, decorate the view itself, with using= where its database is not the default one"
)


@overload
def retry(function: Callable[_P, _R], /) -> Callable[_P, _R]: ...
@overload
def retry(*, using: str | None = None, times: int = 10) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]: ...
def retry(
    function: Callable[_P, _R] | None = None, /, *, using: str | None = None, times: int = 10
) -> Callable[_P, _R] | Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Makes a function a transaction, which is run again where another worker was first: after ``RetryTransaction``, and after a deadlock
    or a failed serialization of any statement in it. All that it does but to the database is done again as well: send mail by
    ``transaction.on_commit``.

    It is the outermost transaction. A view with ``ATOMIC_REQUESTS`` has this transaction instead of the request's; where that is not one
    of the default database, say ``using``.

    :param using: The alias of the database; that to which the router writes desks if absent.
    :param times: How often it is run at most.
    :raises RuntimeError: It is called within a transaction.
    :raises TypeError: The function is a coroutine's.

    >>> from frontdesk.django import desk, retry
    >>> @retry
    ... def go_home(agent):
    ...     return desk("support").set_status(agent, status="away")
    >>> go_home("bo").refused is None
    True
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        if iscoroutinefunction(function):
            raise TypeError(
                "a coroutine is not run in a transaction: decorate the function in it that uses the database"
            )

        @wraps(function)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            tried = 0
            while True:
                try:
                    with _outermost(alias_of(using)):
                        return function(*args, **kwargs)
                except (RetryTransaction, Error) as error:
                    tried += 1
                    if tried >= times or not _is_again(error):
                        raise
                sleep(random() * min(_PAUSE * 2**tried, 1))

        return transaction.non_atomic_requests(using or DEFAULT_DB_ALIAS)(run)

    return decorate if function is None else decorate(function)


def _outermost(alias: str) -> ExitStack:
    """A transaction that is within no other one. A test case's own is none."""
    stack = ExitStack()
    try:
        stack.enter_context(transaction.atomic(using=alias, durable=True))
    except RuntimeError as error:
        raise RuntimeError(_NESTED) from error
    return stack


def _is_again(error: Exception) -> bool:
    return isinstance(error, RetryTransaction) or _connections.is_retry(error.__cause__ or error)
