"""Passwords are hashed beside the event loop, a few at a time: each takes 64 MB and a third of a second.

A browser that signed in here before has a queue of its own, which strangers cannot fill.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from acupwa.db.work import away
from acupwa.lane import Full, Lane, Late
from acupwa.web.aside import Busy

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 2
MOST_WAITING = 8
_MOST_SECONDS = 10.0
_STRANGERS = Lane(AT_ONCE, MOST_WAITING)
_KNOWN = Lane(threads=1, most_waiting=2 * MOST_WAITING)


async def hashing(known: bool, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives, in its turn. `known`: this browser signed in here before. Raises Busy, at once, when as
    many wait as may.
    """
    lane = _KNOWN if known else _STRANGERS
    with away():
        try:
            return await lane.run(lambda: function(*args, **kwargs), _MOST_SECONDS)
        except (Full, Late):
            raise Busy(headers={"retry-after": "5"}) from None
