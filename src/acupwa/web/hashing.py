"""Passwords are hashed beside the event loop, a few at a time: each takes 64 MB and a third of a second.

A browser that signed in here before has a queue of its own, which strangers cannot fill; and no place fills that of the
strangers alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from acupwa.db.work import away
from acupwa.lane import Full, Lane, Late
from acupwa.web.aside import Busy

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 2
MOST_WAITING = 8
_MOST_SECONDS = 10.0
MOST_OF_ONE_PLACE = 4
_STRANGERS = Lane(AT_ONCE, MOST_WAITING)
_of_place: Counter[str] = Counter()
_KNOWN = Lane(threads=1, most_waiting=2 * MOST_WAITING)


async def hashing(place: str | None, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives, in its turn. `place` is where a stranger asks from; None: this browser signed in here
    before. Raises Busy, at once, when as many wait as may.
    """
    with away(), _room_of(place):
        try:
            return await (_KNOWN if place is None else _STRANGERS).run(lambda: function(*args, **kwargs), _MOST_SECONDS)
        except (Full, Late):
            raise Busy(headers={"retry-after": "5"}) from None


@contextmanager
def _room_of(place: str | None) -> Iterator[None]:
    if place is None:
        yield
        return
    if _of_place[place] >= MOST_OF_ONE_PLACE:
        raise Busy(headers={"retry-after": "5"})
    _of_place[place] += 1
    try:
        yield
    finally:
        _of_place[place] -= 1
        if not _of_place[place]:
            del _of_place[place]
