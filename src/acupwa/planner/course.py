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
from acupwa.planner.model import WEEKDAYS, Course, CourseSession, NoCourse, Part, Phase, PlanRequest, Totals
from acupwa.planner.reviews import reviews_in
from acupwa.planner.safety import gate_of_request
from acupwa.quiz.reason import Reason

FORTNIGHT = 2
# Weeks from one session of a taper to the next, at least: further and further apart, all six within twelve weeks.
TAPER_WEEKS = (1, 1, 2, 2, 3, 3)
NONE_LEFT = Reason("days_off", "none-left")
NONE_PAID = Reason("max_money", "0")


def make_course(request: PlanRequest, library: Library, *, kept: Sequence[CourseSession] = ()) -> Course | NoCourse:
    """The course, or why there is none. Red flags and precautions come with the derived ones among them.

    `kept` are sessions that are over already, numbered from 1: they stand, and take up their days.
    """
    return course_through(gate_of_request(request, library), request, library, kept=kept)


def course_through(
    entry: Gate, request: PlanRequest, library: Library, *, kept: Sequence[CourseSession] = (), part: Part = Part()
) -> Course | NoCourse:
    """The same for whoever has asked the gate already, of the answers that stand in the request.

    `part` is the part of the course that the request is for: as many sessions as it asks for, with those of `kept` that
    count.
    """
    if not entry.open:
        return NoCourse(because=entry.because, instead=entry.instead)
    guidance = library.guidance
    counted = sum(session.counts for session in kept)
    taken = [session.local.date() for session in kept]
    free = free_days(request, guidance, taken=taken, waits=waits_in(part, counted))
    missed = sum(session.number >= part.first and not session.counts for session in kept)
    wanted = sessions_wanted(request, missed)
    days = islice(free, max(0, wanted - counted))
    laid = (
        session_on(day, len(kept) + n, request, phase_in(part, counted + n, guidance)) for n, day in enumerate(days, 1)
    )
    sessions = (*kept, *laid)
    if not sessions:
        why = NONE_LEFT if wanted else NONE_PAID
        return NoCourse(because=(why,), instead=" ".join(advice_for((why,), library)))
    return course_of(sessions, request, entry.cautions, guidance)


def course_of(
    sessions: tuple[CourseSession, ...], request: PlanRequest, cautions: Iterable[Caution], guidance: Guidance
) -> Course:
    """All that follows from the sessions themselves."""
    counted = [session for session in sessions if session.counts]
    return Course(
        sessions=sessions,
        reviews=reviews_in(sessions, guidance),
        totals=totals_of(counted, request),
        grounds=_grounds(request.conditions, guidance),
        cautions=(*cautions, *_size_cautions(sessions, request, guidance)),
    )


def free_days(
    request: PlanRequest,
    guidance: Guidance,
    *,
    first_day: date | None = None,
    taken: Sequence[date] = (),
    waits: Iterable[int] = (),
) -> Iterator[date]:
    """The days a session can fall on, the earliest first, from `first_day` (default: the request's).

    `taken` are the days of earlier sessions: their gap and their week count too. Once every two weeks is counted from
    the week of the session before, so that a move which takes the rest along keeps the two weeks. `waits`: how many
    weeks each of them comes after the one before, at least.
    """
    apart = timedelta(days=guidance.numbers.days_apart.value)
    in_week = Counter(week_of(day) for day in taken)
    last, waiting = max(taken, default=None), iter(waits)
    wait = next(waiting, 0)
    for day in open_days(request, guidance, first_day=first_day):
        if last is not None and day - last < apart:
            continue
        if in_week[week_of(day)] >= request.per_week:
            continue
        if last is not None and (weeks_between(last, day) < wait or weeks_between(last, day) % request.every_weeks):
            continue
        yield day
        last, wait = day, next(waiting, 0)
        in_week[week_of(day)] += 1


def waits_in(part: Part, counted: int) -> Sequence[int]:
    """The weeks between the sessions that come after the first `counted` of the part; none where the request alone says."""
    return TAPER_WEEKS[counted:] if part.phase == "taper" else ()


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


def most_in_part(phase: Phase, guidance: Guidance) -> int:
    """The most sessions that count of a course with its extension, a taper, or a short course."""
    numbers = guidance.numbers
    most = {"taper": numbers.taper_sessions, "short": numbers.short_most}
    return most.get(phase, numbers.sessions_ceiling).value


def spacing_fits(request: PlanRequest, guidance: Guidance) -> bool:
    """Once every two weeks goes with one session a week, and with no more sessions than `fortnight_sessions`."""
    if request.every_weeks == 1:
        return True
    return (
        request.every_weeks == FORTNIGHT
        and request.per_week == 1
        and (request.max_sessions <= most_sessions(request.every_weeks, guidance))
    )


def session_on(day: date, number: int, request: PlanRequest, phase: Phase) -> CourseSession:
    """Raises ValueError when the clocks skip the request's time on that day."""
    at = clock_time(request.time)
    start = moment(day, at, ZoneInfo(request.time_zone))
    if start is None:
        raise ValueError(f"{request.time} does not exist on {day.isoformat()} in {request.time_zone}")
    return CourseSession(
        number=number, local=datetime.combine(day, at), start=start, minutes=request.minutes, phase=phase
    )


def phase_in(part: Part, place: int, guidance: Guidance) -> Phase:
    """Of the session at that place, from 1, among those of the part that count."""
    if part.phase == "course" and place > guidance.numbers.decide_latest.value:
        return "extension"
    return part.phase


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


def totals_of(sessions: Sequence[CourseSession], request: PlanRequest, *, held: int = 0) -> Totals:
    """Of these sessions alone: of all, or of those that the person went to. `held` more have no day yet."""
    number, way = len(sessions) + held, request.travel_minutes
    minutes = sum(session.minutes + way for session in sessions) + held * (request.minutes + way)
    money = None if request.price is None else float(number * Decimal(str(request.price)))
    return Totals(sessions=number, hours=in_hours(minutes), money=money)


def in_hours(minutes: int) -> float:
    return round(minutes / 60, 1)


def sessions_wanted(request: PlanRequest, missed: int = 0) -> int:
    """As many as were asked for, or as the money pays for, whichever is fewer. Those that were missed are not among the
    first, but may have been paid.
    """
    paid = sessions_paid(request)
    return request.max_sessions if paid is None else min(request.max_sessions, max(0, paid - missed))


def sessions_paid(request: PlanRequest) -> int | None:
    """How many sessions `max_money` pays for, to the cent; None where money sets no limit."""
    if request.max_money is None or not request.price:
        return None
    return floor(Fraction(str(request.max_money)) / Fraction(str(request.price)))


def _size_cautions(sessions: Sequence[CourseSession], request: PlanRequest, guidance: Guidance) -> Iterable[Caution]:
    counted = [session for session in sessions if session.counts]
    missed = sum(not session.counts and session.number > counted[0].number for session in sessions) if counted else 0
    wanted, course = sessions_wanted(request, missed), not counted or counted[0].phase in ("course", "extension")
    if course and len(counted) < guidance.numbers.sessions_low.value:
        yield Caution("below-trial-range", (Reason("max_sessions", str(len(counted))),))
    if wanted < request.max_sessions and len(counted) >= wanted:
        yield Caution("money-cap", (Reason(NONE_PAID.kind, str(wanted)),))
    if len(counted) < wanted:
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
