"""Long work beside the event loop, so that the requests of others go on meanwhile.

The one way for whatever takes longer than a page does: large files read and made, everything of a person gathered.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from litestar.exceptions import HTTPException

from acupwa.db.work import away
from acupwa.lane import Full, Lane, Late

P = ParamSpec("P")
T = TypeVar("T")

# Python computes in one thread at a time: more of them would only take turns, and hold more memory.
AT_ONCE = 2
# Each waits for seconds at the most; whoever comes when so many wait is asked to come again.
MOST_WAITING = 16
# Of one visitor, beside those: they wait for each other, and take nobody's place.
MOST_OF_ONE = 16
MOST_SECONDS = 30.0
# Check-ins from which on a page of all of them is long work.
MANY = 30
_LANE = Lane(AT_ONCE, MOST_WAITING)
# Whom a request is from, as a mark that is kept nowhere; empty where nobody says.
visitor: ContextVar[str] = ContextVar("visitor", default="")
_ASKED: dict[tuple[str, asyncio.AbstractEventLoop], tuple[asyncio.Lock, list[None]]] = {}


class Busy(HTTPException):
    """Too many wait already. A calm 503, with the seconds after which to try again."""

    status_code = 503


async def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives, in a thread of its own; language and country are as here. Raises Busy.

    One at a time for each visitor: nobody can take all the threads.
    """
    with away():
        async with _one_of(visitor.get()):
            try:
                return await _LANE.run(lambda: function(*args, **kwargs), MOST_SECONDS)
            except (Full, Late):
                raise Busy(headers={"retry-after": "5"}) from None


async def aside_when(long: bool, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """In place where it is as short as for most people: a page that everybody needs waits for nobody's large file."""
    return await aside(function, *args, **kwargs) if long else function(*args, **kwargs)


@asynccontextmanager
async def _one_of(who: str) -> AsyncIterator[None]:
    if not who:
        yield
        return
    key = (who, asyncio.get_running_loop())
    lock, asked = _ASKED.setdefault(key, (asyncio.Lock(), []))
    if len(asked) > MOST_OF_ONE:
        raise Busy(headers={"retry-after": "5"})
    asked.append(None)
    try:
        async with lock:
            yield
    finally:
        asked.pop()
        if not asked:
            _ASKED.pop(key, None)
