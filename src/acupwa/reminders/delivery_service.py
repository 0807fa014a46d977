"""A message to all phones of a person, at once; and what became of each. The database is not asked."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from acupwa.reminders.wire import ToSend, message_of
from acupwa.web.push import Posted, Push
from acupwa.web.push_message import Browser, Sender


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """`gone`: phones that nobody is reached by any more; `missed`: worth another try after `wait` seconds. `faults` has
    a word for each of those that were not sent.
    """

    sent: int = 0
    faults: tuple[str, ...] = ()
    gone: tuple[UUID, ...] = ()
    missed: tuple[UUID, ...] = ()
    wait: float = 0.0


async def deliver(
    one: ToSend, browsers: Sequence[tuple[UUID, Browser]], sender: Sender, push: Push, now: datetime
) -> Delivered:
    message = message_of(one.says, one.ends, now)
    to = [(id, browser) for id, browser in browsers if one.subscriptions is None or id in one.subscriptions]
    outcomes = await asyncio.gather(*(push.send(message, browser, sender, now) for _id, browser in to))
    return _delivered([(id, outcome) for (id, _browser), outcome in zip(to, outcomes, strict=True)])


def _delivered(outcomes: Sequence[tuple[UUID, Posted]]) -> Delivered:
    return Delivered(
        sent=sum(one.what == "sent" for _id, one in outcomes),
        faults=tuple(one.fault for _id, one in outcomes if one.what != "sent"),
        gone=tuple(id for id, one in outcomes if one.what == "gone"),
        missed=tuple(id for id, one in outcomes if one.what == "later"),
        wait=max((one.wait for _id, one in outcomes if one.what == "later"), default=0.0),
    )
