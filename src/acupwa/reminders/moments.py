"""When which reminder is due (docs/rules.md, "Reminders"). Pure: looked through again each time, so nothing is planned
ahead that a change would have to take back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from acupwa.library.model import Library
from acupwa.planner.model import PlannedSession, SavedPlan
from acupwa.reminders.model import Choices, Clock, Due, Kind, Look, Message, QuietHours, Told
from acupwa.reminders.quiet_hours import before_quiet, is_quiet, until_quiet
from acupwa.today.model import CheckInDue, KnownPerson
from acupwa.today.next_thing import check_in_due, is_closed

AT = time(10)
HOUR = timedelta(minutes=60)
DAY = timedelta(days=1)
# What is later than this says what is no longer so.
LATE, LATE_HOUR_BEFORE = timedelta(minutes=15), timedelta(minutes=10)
# However little happens, whoever has reminders is looked at once a day.
AHEAD = timedelta(hours=24)
_INSTANT = timedelta(microseconds=1)


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
        self, kind: Kind, at: datetime, *, ends: datetime, late: timedelta = LATE, says: Message | None = None
    ) -> Due:
        until = until_quiet(at, min(at + late, ends - _INSTANT), self.quiet, self.zone)
        return Due(kind=kind, at=at, until=until, ends=min(ends, at + DAY), says=says or kind)


def look(known: KnownPerson, clock: Clock, told: Told, library: Library) -> Look:
    """Of what fell due since the last look. `known.now` is the moment of this one, on the clocks where they are."""
    now, closed = known.now.astimezone(UTC), is_closed(known, library)
    found = sorted(_moments(known, clock, told, library, closed=closed), key=lambda one: one.at)
    past = [one for one in found if clock.looked_until < one.at <= now]
    due = tuple({one.says: one for one in past if now <= one.until}.values())
    return Look(
        due=due,
        late=sum(now > one.until for one in past),
        next=min([*(one.at for one in found if one.at > now), now + AHEAD]),
        noticed=closed and (clock.noticed or any(one.says == "notice" for one in due)),
    )


def _moments(known: KnownPerson, clock: Clock, told: Told, library: Library, *, closed: bool) -> Iterator[Due]:
    """All from the last look, or yesterday, to a day ahead, by what is known now."""
    choices, now = clock.choices, known.now.astimezone(UTC)
    zone = known.now.tzinfo
    hours = _Hours(zone if isinstance(zone, ZoneInfo) else ZoneInfo("UTC"), choices.quiet)
    since = max(clock.looked_until, now - AHEAD)
    sessions = [one for one in _of_sessions(known, choices, hours) if since < one.at <= now + AHEAD]
    yield from _one_notice(sessions, clock) if closed else sessions
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


def _one_notice(sessions: Sequence[Due], clock: Clock) -> tuple[Due, ...]:
    """While the plan is on hold nothing is said of a session; once it is said that there is something to see."""
    if clock.noticed or not sessions:
        return ()
    first = min(sessions, key=lambda one: one.at)
    return (msgspec.structs.replace(first, says="notice"),)


def _of_check_ins(known: KnownPerson, hours: _Hours, library: Library) -> Iterator[Due]:
    """At ten on the first day on which one is due by then; out of quiet hours in the last minute before them."""
    today = known.now.date()
    before = _check_in_at(known, hours.before_quiet(hours.ten(today - 2 * DAY)), hours, library)
    for days in (-1, 0, 1, 2):
        at = hours.before_quiet(hours.ten(today + days * DAY))
        found = _check_in_at(known, at, hours, library)
        if at is not None and found is not None and (before is None or not _is_same(found, before)):
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
    asked: Iterable[datetime] = (hours.ten(day) for day in told.asked)
    for at in (*told.sent, *asked):
        if not hours.is_quiet(at):
            yield hours.due("sent", at, ends=at + DAY)


def _start_of(session: PlannedSession, plan: SavedPlan) -> datetime:
    return session.local.replace(tzinfo=ZoneInfo(plan.request.time_zone)).astimezone(UTC)
