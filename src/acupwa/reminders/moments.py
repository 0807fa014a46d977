"""When which reminder is due (docs/rules.md, "Reminders"). Pure: looked through again each time, so nothing is planned
ahead that a change would have to take back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.library.model import Library
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.reminders.model import Again, Choices, Clock, Due, Kind, Look, Message, QuietHours, Told
from acupwa.reminders.quiet_hours import before_quiet, is_quiet, next_quiet
from acupwa.today.model import CheckInDue, KnownPerson
from acupwa.today.next_thing import check_in_due, is_closed

AT = time(10)
HOUR = timedelta(minutes=60)
DAY = timedelta(days=1)
# What is later than this says what is no longer so.
LATE, LATE_HOUR_BEFORE = timedelta(minutes=15), timedelta(minutes=10)
# However little happens, whoever has reminders is looked at once a day.
AHEAD = timedelta(hours=24)
# What a clinic sends bears the moment at which that began: it can be seen only so long after, and clocks differ.
UNSEEN = timedelta(minutes=2)
_INSTANT = timedelta(microseconds=1)
_OF_SESSIONS = ("day-before", "hour-before")


class _Hours(msgspec.Struct, frozen=True):
    """Whose hours they are, and which of them are quiet."""

    zone: ZoneInfo
    quiet: QuietHours | None

    def ten(self, day: date) -> datetime:
        return datetime.combine(day, AT, self.zone).astimezone(UTC)

    def is_quiet(self, at: datetime) -> bool:
        return is_quiet(at, self.quiet, self.zone)

    def before_quiet(self, at: datetime) -> datetime | None:
        return before_quiet(at, self.quiet, self.zone)

    def due(
        self,
        kind: Kind,
        at: datetime,
        *,
        ends: datetime,
        late: timedelta = LATE,
        says: Message | None = None,
        id: UUID | None = None,
    ) -> Due:
        """A phone that is off gets it later, if not in quiet hours."""
        ends = next_quiet(at, min(ends, at + DAY), self.quiet, self.zone)
        return Due(kind=kind, at=at, until=min(at + late, ends - _INSTANT), ends=ends, says=says or kind, id=id)


def look(known: KnownPerson, clock: Clock, told: Told, library: Library) -> Look:
    """Of what fell due since the last look. `known.now` is the moment of this one, by the person's clocks."""
    now, closed = known.now.astimezone(UTC), is_closed(known, library)
    found = sorted(_moments(known, clock.choices, told, library, closed=closed), key=lambda one: one.at)
    past = [*_each_notice_once((one for one in found if one.at <= now and _is_new(one, clock)), clock, closed=closed)]
    due = tuple({one.says: one for one in past if now <= one.until}.values())
    return Look(
        due=due,
        again=tuple(_standing(clock.again, [one for one in found if one.at <= now <= one.until])),
        late=sum(now > one.until for one in past),
        next=min([*(one.at for one in found if one.at > now), now + AHEAD]),
        noticed=closed and (clock.noticed or any(one.kind in _OF_SESSIONS for one in due)),
        seen=tuple(
            one.id for one in found if one.id and now - UNSEEN < one.at and (one.at <= now or one.id in clock.seen)
        ),
    )


def _is_new(one: Due, clock: Clock) -> bool:
    if one.id is None:
        return clock.looked_until < one.at
    return clock.looked_until - UNSEEN < one.at and one.id not in clock.seen


def _standing(again: Iterable[Again], found: Sequence[Due]) -> Iterator[Again]:
    """What did not arrive yet, as far as it would be said now, too: what it was of may be noted, moved or on hold."""
    stands = {(one.kind, one.says, one.at, one.id): one for one in found}
    for one in again:
        due = stands.get((one.due.kind, one.due.says, one.due.at, one.due.id))
        if due:
            yield msgspec.structs.replace(one, due=due)


def _each_notice_once(past: Iterable[Due], clock: Clock, *, closed: bool) -> Iterator[Due]:
    """While the plan is on hold nothing is said of a session; once it is said that there is something to see."""
    noticed = clock.noticed
    for one in past:
        if not closed or one.kind not in _OF_SESSIONS:
            yield one
        elif not noticed:
            noticed = True
            yield one


def _moments(known: KnownPerson, choices: Choices, told: Told, library: Library, *, closed: bool) -> Iterator[Due]:
    """All from a day ago to a day ahead, by what is known now."""
    now = known.now.astimezone(UTC)
    zone = known.now.tzinfo
    hours = _Hours(zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC"), choices.quiet)
    for one in _of_sessions(known, choices, hours):
        if now - AHEAD < one.at <= now + AHEAD:
            yield msgspec.structs.replace(one, says="notice") if closed else one
    if "check-in" in choices.kinds:
        yield from _of_check_ins(known, hours, library)
    if "sent" in choices.kinds:
        yield from _sent(told, hours)


def _of_sessions(known: KnownPerson, choices: Choices, hours: _Hours) -> Iterator[Due]:
    plan, now = known.plan, known.now
    for session in plan.standing if plan else ():
        starts = _start_of(session, plan) if plan else now
        if plan is None or session.log is not None or not now - AHEAD < starts < now + 3 * AHEAD:
            continue
        if "day-before" in choices.kinds:
            yield from _day_before(session, starts, plan, hours)
        if "hour-before" in choices.kinds and not hours.is_quiet(starts - HOUR):
            yield hours.due("hour-before", starts - HOUR, ends=starts, late=LATE_HOUR_BEFORE)


def _day_before(session: PlannedSession, starts: datetime, plan: SavedPlan, hours: _Hours) -> Iterator[Due]:
    """At the time of the session on the day before, by the clocks there, and of use to the end of that day. Moved out of
    quiet hours to a day on which it is not tomorrow, it does not say so.
    """
    there = ZoneInfo(plan.request.time_zone)
    at = hours.before_quiet((session.local - DAY).replace(tzinfo=there).astimezone(UTC))
    if at is None:
        return
    if at.astimezone(there).date() == session.day - DAY:
        midnight = datetime.combine(session.day, time(), there).astimezone(UTC)
        yield hours.due("day-before", at, ends=midnight)
    else:
        yield hours.due("day-before", at, ends=starts, says="notice")


def _of_check_ins(known: KnownPerson, hours: _Hours, library: Library) -> Iterator[Due]:
    """At ten on the first day on which one is due by then; out of quiet hours before them. None that was done since."""
    today, now = known.now.date(), known.now.astimezone(UTC)
    waits = bool([*check_in_due(known, library)])
    before = _check_in_at(known, hours.before_quiet(hours.ten(today - 2 * DAY)), hours, library)
    for days in (-1, 0, 1, 2):
        at = hours.before_quiet(hours.ten(today + days * DAY))
        found = _check_in_at(known, at, hours, library)
        new = found is not None and (before is None or not _is_same(found, before))
        if at is not None and new and (at > now or waits):
            yield hours.due("check-in", at, ends=at + DAY)
        before = found


def _check_in_at(known: KnownPerson, at: datetime | None, hours: _Hours, library: Library) -> CheckInDue | None:
    """What is due then, by the check-ins that there were then and the plan as it is."""
    if at is None or known.plan is None or known.plan.created_at > at:
        return None
    there = tuple(one for one in known.check_ins if not one.finished_at or one.finished_at <= at)
    then = msgspec.structs.replace(known, now=at.astimezone(hours.zone), check_ins=there)
    return next(iter(check_in_due(then, library)), None)


def _is_same(one: CheckInDue, other: CheckInDue) -> bool:
    """A plan that is on hold waits for one check-in, however many sessions pass."""
    return one == other or one.why == other.why == "closed"


def _sent(told: Told, hours: _Hours) -> Iterator[Due]:
    asked: Iterable[tuple[None, datetime]] = ((None, hours.ten(day)) for day in told.asked)
    for id, at in (*told.sent, *asked):
        if not hours.is_quiet(at):
            yield hours.due("sent", at, ends=at + DAY, id=id)


def _start_of(session: PlannedSession, plan: SavedPlan) -> datetime:
    return session.local.replace(tzinfo=ZoneInfo(plan.request.time_zone)).astimezone(UTC)
