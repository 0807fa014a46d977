"""A course as pages show it: its figures, its picture, its sessions, what to know first. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import ceil

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.planner.course import FORTNIGHT, in_hours, totals_of
from acupwa.planner.gate import Caution
from acupwa.planner.log import SessionState
from acupwa.planner.model import Course, PlanRequest, Totals
from acupwa.planner.strip import Strip, course_strip, part_words
from acupwa.planner.words import reason_words, weekday_words
from acupwa.quiz.groups import at_least_ask_first
from acupwa.quiz.reason import Reason
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import (
    money_words,
    ngettext,
    number_words,
    short_weekday_date_words,
    time_words,
    weekday_date_words,
)


class Figure(msgspec.Struct, frozen=True):
    """One of the large figures: sessions, hours, travel, money; so far and in all, once the course has begun."""

    value: str
    name: str
    detail: str = ""


class SessionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`iso` is the local time as `2027-01-04T09:00`. `reviews` are the titles of what comes after it. `can_log`: its day
    has come. `part` names a taper or a short course; `owed`: it was missed, and can be planned again. `seen` marks what it
    is like (`planner.as_seen`).
    """

    number: int
    day: str
    short_day: str
    iso: str
    time: str
    state: SessionState
    can_log: bool
    moved: bool
    extension: bool
    reviews: tuple[str, ...]
    part: str = ""
    can_move: bool = True
    owed: bool = False
    seen: str = ""


class CautionLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    says: str
    because: tuple[str, ...]


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    """`sums` are the figures in one line, `notes` what they leave out so far."""

    figures: tuple[Figure, ...]
    sums: str
    notes: tuple[str, ...]
    when: str
    strip: Strip
    sessions: tuple[SessionLine, ...]
    cautions: tuple[CautionLine, ...]


def course_view(
    course: Course,
    request: PlanRequest,
    library: Library,
    states: Mapping[int, SessionState],
    *,
    moved: Collection[int] = (),
    can_log: Collection[int] = (),
    owed: Collection[int] = (),
    seen: Mapping[int, str] | None = None,
    running: bool = True,
    held: int = 0,
) -> CourseView:
    """`states` of the sessions by number, `moved`, `can_log` and `owed`: the numbers of those that were moved, can be
    logged, or planned again; `seen` marks each. `held` more wait for their day; none can be moved when the course is not `running`.
    """
    went = _went(course, request, states)
    return CourseView(
        figures=_figures(course, request, went),
        sums=_sums(course, request, went),
        notes=_notes(states.values()),
        when=_when(request),
        strip=course_strip(course, states, frozenset(moved), held=held),
        sessions=tuple(
            msgspec.structs.replace(
                one, owed=one.number in owed, can_move=running, seen=(seen or {}).get(one.number, "")
            )
            for one in session_lines(course, library, states, moved, can_log)
        ),
        cautions=tuple(_caution(one, library) for one in course.cautions),
    )


def session_lines(
    course: Course,
    library: Library,
    states: Mapping[int, SessionState],
    moved: Collection[int] = (),
    can_log: Collection[int] = (),
) -> tuple[SessionLine, ...]:
    titles = {one.id: one.title for one in library.guidance.reviews}
    return tuple(
        SessionLine(
            number=session.number,
            day=weekday_date_words(session.local.date()),
            short_day=short_weekday_date_words(session.local.date()),
            iso=session.local.isoformat(timespec="minutes"),
            time=time_words(session.start),
            state=states.get(session.number, "ahead"),
            can_log=session.number in can_log,
            moved=session.number in moved,
            extension=session.phase == "extension",
            part="" if session.phase == "extension" else part_words(session.phase),
            reviews=tuple(titles[one.kind] for one in course.reviews if one.after_session == session.number),
        )
        for session in course.sessions
    )


def _figures(course: Course, request: PlanRequest, went: Totals | None) -> tuple[Figure, ...]:
    """`went`: what those sessions came to that the person went to, once there is something to tell."""
    totals, days = course.totals, [session.local.date() for session in course.sessions if session.counts]
    weeks = (days[-1] - days[0]).days // 7 + 1 if days else 0
    figures = [
        Figure(
            _of(totals.sessions, went.sessions if went else None),
            _sessions(totals.sessions, went),
            ngettext("in {count} week", "in {count} weeks", weeks).format(count=weeks) if days else "",
        ),
        Figure(
            _of(totals.hours, went.hours if went else None),
            _hours(totals.hours, went),
            _("including travel") if request.travel_minutes else _("without travel"),
        ),
    ]
    if request.travel_minutes:
        way = in_hours(totals.sessions * request.travel_minutes)
        gone = in_hours(went.sessions * request.travel_minutes) if went else None
        each = say("planner.figures.way", n=request.travel_minutes)
        figures.append(Figure(_of(way, gone), _travel(way, went), each))
    if totals.money is not None:
        each = _("{price} a session").format(price=_money(request.price or 0, request.currency))
        if request.max_money is not None:
            most = _money(request.max_money, request.currency)
            each = say("planner.figures.with_limit", each=each, most=most)
        name = say("planner.figures.money_so_far") if went else say("planner.figures.money")
        figures.append(Figure(_spent(totals, went, request.currency), name, each))
    return tuple(figures)


def _sessions(count: int, went: Totals | None) -> str:
    return say("planner.figures.sessions_so_far", n=count) if went else say("planner.figures.sessions", n=count)


def _hours(hours: float, went: Totals | None) -> str:
    n = _counted(hours)
    return say("planner.figures.hours_so_far", n=n) if went else say("planner.figures.hours", n=n)


def _travel(hours: float, went: Totals | None) -> str:
    n = _counted(hours)
    return say("planner.figures.travel_so_far", n=n) if went else say("planner.figures.travel", n=n)


def _sums(course: Course, request: PlanRequest, went: Totals | None) -> str:
    """The figures in one line."""
    totals, n = course.totals, _counted(course.totals.hours)
    with_travel = request.travel_minutes > 0
    hours = say("planner.figures.hours_with_travel", n=n) if with_travel else say("planner.figures.hours", n=n)
    parts = [
        f"{_of(totals.sessions, went.sessions if went else None)} {_sessions(totals.sessions, None)}",
        f"{_of(totals.hours, went.hours if went else None)} {hours}",
    ]
    if totals.money is not None:
        parts.append(_spent(totals, went, request.currency))
    return " · ".join(parts)


def _notes(states: Collection[SessionState]) -> tuple[str, ...]:
    """What the figures so far leave out."""
    if not _begun(states):
        return ()
    missed = (say("planner.figures.missed"),) if "missed" in states else ()
    return (*missed, *((say("planner.figures.not_noted"),) if "over" in states else ()))


def _begun(states: Collection[SessionState]) -> bool:
    return "went" in states or "missed" in states


def _went(course: Course, request: PlanRequest, states: Mapping[int, SessionState]) -> Totals | None:
    if not _begun(states.values()):
        return None
    return totals_of([one for one in course.sessions if one.counts and states.get(one.number) == "went"], request)


def _of(all_: float, so_far: float | None) -> str:
    if so_far is None:
        return number_words(all_)
    return _("{part} of {all}").format(part=number_words(so_far), all=number_words(all_))


def _spent(totals: Totals, went: Totals | None, currency: str | None) -> str:
    in_all = _money(totals.money or 0, currency)
    return in_all if went is None else _("{part} of {all}").format(part=_money(went.money or 0, currency), all=in_all)


def _counted(hours: float) -> int:
    """What the words for it go by: 1 hour, and 0.5 hours."""
    return 1 if hours == 1 else max(2, ceil(hours))


def _money(amount: float, currency: str | None) -> str:
    return money_words(amount, currency) if currency else number_words(amount)


def _when(request: PlanRequest) -> str:
    days = [weekday_words(day) for day in request.weekdays]
    listed = days[-1]
    if len(days) > 1:
        listed = _("{days} or {last}").format(days=", ".join(days[:-1]), last=days[-1])
    often = say("planner.plan.often", n=request.per_week)
    if request.every_weeks == FORTNIGHT:
        often = say("planner.plan.fortnight")
    return say("planner.plan.summary", often=often, days=listed, time=request.time, minutes=request.minutes)


def _caution(caution: Caution, library: Library) -> CautionLine:
    because = tuple(_because(caution, library))
    own = library.guidance.cautions.get(caution.id)
    if own:
        return CautionLine(title=own.title, says=own.says.strip(), because=because)
    precaution = library.precautions[caution.id]
    titles = {
        "avoid": _("Avoid this area or method"),
        "ask-first": _("Ask your doctor or team first"),
        "tell-practitioner": _("Tell your acupuncturist"),
    }
    return CautionLine(title=titles[_advice_of(caution, library)], says=precaution.why.strip(), because=because)


def _advice_of(caution: Caution, library: Library) -> Advice:
    """Who is not sure asks first at the least."""
    advice = library.precautions[caution.id].advice
    return at_least_ask_first(advice) if Reason("unsure", caution.id) in caution.because else advice


def _because(caution: Caution, library: Library) -> Iterable[str]:
    return (reason_words(reason, library) for reason in caution.because)
