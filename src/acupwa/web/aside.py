"""Long work beside the event loop, so that the requests of others go on meanwhile.

The one way for whatever takes longer than a page does: large files read and made, everything of a person gathered.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from litestar.exceptions import HTTPException

P = ParamSpec("P")
T = TypeVar("T")

# Python computes in one thread at a time: more of them would only take turns, and hold more memory.
AT_ONCE = 2
# Each waits for seconds at the most; whoever comes when so many wait is asked to come again.
MOST_WAITING = 16
_ROOM = CapacityLimiter(AT_ONCE)


class Busy(HTTPException):
    """Too many wait already. A calm 503, with the seconds after which to try again."""

    status_code = 503


async def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives, in a thread of its own; language and country are as here. Raises Busy."""
    if _ROOM.statistics().tasks_waiting >= MOST_WAITING:
        raise Busy(headers={"retry-after": "5"})
    return await to_thread.run_sync(lambda: function(*args, **kwargs), limiter=_ROOM)
