"""Spread the sessions of a course over free days. The rules: docs/rules.md, "Dose and course". Pure.

The numbers come from `content/planner/guidance.yaml`, each with the trial behind it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import floor
from zoneinfo import ZoneInfo

from acupwa.library.model import Guidance, Library
from acupwa.planner.gate import Caution, Gate, advice_for
from acupwa.planner.model import WEEKDAYS, Course, CourseSession, NoCourse, Phase, PlanRequest, Review, Totals
from acupwa.planner.safety import gate_of_request
from acupwa.quiz.reason import Reason

FORTNIGHT = 2
NONE_LEFT = Reason("days_off", "none-left")
NONE_PAID = Reason("max_money", "0")


def make_course(request: PlanRequest, library: Library, *, kept: Sequence[CourseSession] = ()) -> Course | NoCourse:
    """The course, or why there is none. Red flags and precautions come with the derived ones among them.

    `kept` are sessions that are over already, numbered from 1: they stand, and count.
    """
    return course_through(gate_of_request(request, library), request, library, kept=kept)


def course_through(
    entry: Gate, request: PlanRequest, library: Library, *, kept: Sequence[CourseSession] = ()
) -> Course | NoCourse:
    """The same for whoever has asked the gate already, of the answers that stand in the request."""
    if not entry.open:
        return NoCourse(because=entry.because, instead=entry.instead)
    guidance = library.guidance
    free = free_days(request, guidance, taken=[session.local.date() for session in kept])
    days = tuple(islice(free, max(0, sessions_wanted(request) - len(kept))))
    sessions = (*kept, *(session_on(day, n, request, guidance) for n, day in enumerate(days, len(kept) + 1)))
    if not sessions:
        why = NONE_LEFT if sessions_wanted(request) else NONE_PAID
        return NoCourse(because=(why,), instead=" ".join(advice_for((why,), library)))
    return course_of(sessions, request, entry.cautions, guidance)


def course_of(
    sessions: tuple[CourseSession, ...], request: PlanRequest, cautions: Iterable[Caution], guidance: Guidance
) -> Course:
    """All that follows from the sessions themselves."""
    return Course(
        sessions=sessions,
        reviews=reviews_of(len(sessions), guidance),
        totals=totals_of(sessions, request),
        grounds=_grounds(request.conditions, guidance),
        cautions=(*cautions, *_size_cautions(len(sessions), request, guidance)),
    )


def free_days(
    request: PlanRequest, guidance: Guidance, *, first_day: date | None = None, taken: Sequence[date] = ()
) -> Iterator[date]:
    """The days a session can fall on, the earliest first, from `first_day` (default: the request's).

    `taken` are the days of earlier sessions: their gap and their week count too. Once every two weeks is counted from
    the week of the session before, so that a move which takes the rest along keeps the two weeks.
    """
    apart = timedelta(days=guidance.numbers.days_apart.value)
    in_week = Counter(week_of(day) for day in taken)
    last = max(taken, default=None)
    for day in open_days(request, guidance, first_day=first_day):
        if last is not None and day - last < apart:
            continue
        if in_week[week_of(day)] >= request.per_week:
            continue
        if last is not None and weeks_between(last, day) % request.every_weeks:
            continue
        yield day
        last = day
        in_week[week_of(day)] += 1


def open_days(request: PlanRequest, guidance: Guidance, *, first_day: date | None = None) -> Iterator[date]:
    """The days that the request allows, whatever other sessions there are, from `first_day` (default: the request's)
    to the end of the search.
    """
    first = first_day or request.first_day
    off, zone, at = set(request.days_off), ZoneInfo(request.time_zone), clock_time(request.time)
    for offset in range(search_weeks(request.every_weeks, guidance) * 7):
        day = first + timedelta(days=offset)
        if WEEKDAYS[day.weekday()] in request.weekdays and day not in off and moment(day, at, zone) is not None:
            yield day


def search_weeks(every_weeks: int, guidance: Guidance) -> int:
    """How many weeks from the first day on are looked through for free days."""
    numbers = guidance.numbers
    return (numbers.window_weeks if every_weeks == 1 else numbers.fortnight_window_weeks).value


def most_sessions(every_weeks: int, guidance: Guidance) -> int:
    """The most that a course may have."""
    numbers = guidance.numbers
    return (numbers.sessions_ceiling if every_weeks == 1 else numbers.fortnight_sessions).value


def spacing_fits(request: PlanRequest, guidance: Guidance) -> bool:
    """Once every two weeks goes with one session a week, and with no more sessions than `fortnight_sessions`."""
    if request.every_weeks == 1:
        return True
    return (
        request.every_weeks == FORTNIGHT
        and request.per_week == 1
        and (request.max_sessions <= most_sessions(request.every_weeks, guidance))
    )


def session_on(day: date, index: int, request: PlanRequest, guidance: Guidance) -> CourseSession:
    """Raises ValueError when the clocks skip the request's time on that day."""
    at = clock_time(request.time)
    start = moment(day, at, ZoneInfo(request.time_zone))
    if start is None:
        raise ValueError(f"{request.time} does not exist on {day.isoformat()} in {request.time_zone}")
    return CourseSession(
        number=index,
        local=datetime.combine(day, at),
        start=start,
        minutes=request.minutes,
        phase=phase_of(index, guidance),
    )


def phase_of(number: int, guidance: Guidance) -> Phase:
    return "course" if number <= guidance.numbers.decide_latest.value else "extension"


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """That time on that day. None when the clocks jump over it; the first of two when they go back."""
    start = datetime.combine(day, at, tzinfo=zone)
    try:
        back = start.astimezone(UTC).astimezone(zone)
    except OverflowError:
        return None
    return start if back.replace(tzinfo=None) == start.replace(tzinfo=None) else None


def clock_time(text: str) -> time:
    return time.fromisoformat(text)


def reviews_of(sessions: int, guidance: Guidance) -> tuple[Review, ...]:
    reviews = [Review(after_session=guidance.numbers.safety_after.value, kind="safety")]
    if sessions > guidance.numbers.light_when_more_than.value:
        reviews.append(Review(after_session=guidance.numbers.light_after.value, kind="light"))
    reviews.append(Review(after_session=min(sessions, guidance.numbers.decide_after.value), kind="decide"))
    return tuple(reviews)


def totals_of(sessions: Sequence[CourseSession], request: PlanRequest) -> Totals:
    """Of these sessions alone: of all, or of those that the person went to."""
    minutes = sum(session.minutes + request.travel_minutes for session in sessions)
    money = None if request.price is None else float(len(sessions) * Decimal(str(request.price)))
    return Totals(sessions=len(sessions), hours=in_hours(minutes), money=money)


def in_hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def sessions_wanted(request: PlanRequest) -> int:
    """As many as were asked for, or as the money pays for, whichever is fewer."""
    paid = sessions_paid(request)
    return request.max_sessions if paid is None else min(request.max_sessions, paid)


def sessions_paid(request: PlanRequest) -> int | None:
    """How many sessions `max_money` pays for, to the cent; None where money sets no limit."""
    if request.max_money is None or not request.price:
        return None
    return floor(Fraction(str(request.max_money)) / Fraction(str(request.price)))


def _size_cautions(sessions: int, request: PlanRequest, guidance: Guidance) -> Iterable[Caution]:
    wanted = sessions_wanted(request)
    if sessions < guidance.numbers.sessions_low.value:
        yield Caution("below-trial-range", (Reason("max_sessions", str(sessions)),))
    if wanted < request.max_sessions and sessions >= wanted:
        yield Caution("money-cap", (Reason(NONE_PAID.kind, str(wanted)),))
    if sessions < wanted:
        yield Caution("fewer-than-asked", (NONE_LEFT,))


def _grounds(conditions: Sequence[str], guidance: Guidance) -> tuple[str, ...]:
    """The protocols of these conditions, then the studies that their advice rests on."""
    grounds = [one.id for one in guidance.protocols if one.condition in conditions]
    for plan in guidance.by_condition:
        if plan.condition in conditions:
            grounds += (*plan.studies, *plan.facts)
    return tuple(dict.fromkeys((*grounds, *guidance.numbers.sessions_default.studies)))


def weeks_between(earlier: date, later: date) -> int:
    """How many Monday-to-Sunday weeks after that of the one the other lies."""
    return (later.toordinal() - later.weekday() - earlier.toordinal() + earlier.weekday()) // 7


def week_of(day: date) -> tuple[int, int]:
    """The Monday-to-Sunday week of a day."""
    year, week, _ = day.isocalendar()
    return year, week
