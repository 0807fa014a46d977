"""A course as pages show it: its figures, its picture, its sessions, what to know first. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.planner.course import FORTNIGHT
from acupwa.planner.gate import Caution
from acupwa.planner.log import SessionState
from acupwa.planner.model import Course, PlanRequest
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
    """One of the large figures: sessions, hours, money."""

    value: str
    name: str
    detail: str = ""


class SessionLine(msgspec.Struct, frozen=True, kw_only=True):
    """`iso` is the local time as `2027-01-04T09:00`. `reviews` are the titles of what comes after it. `can_log`: its day
    has come. `part` names a taper or a short course; `owed`: it was missed, and can be planned again.
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


class CautionLine(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    says: str
    because: tuple[str, ...]


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    figures: tuple[Figure, ...]
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
    running: bool = True,
    held: int = 0,
) -> CourseView:
    """`states` of the sessions by number, `moved`, `can_log` and `owed`: the numbers of those that were moved, can be
    logged, or planned again. `held` more wait for their day; none can be moved when the course is not `running`.
    """
    return CourseView(
        figures=_figures(course, request),
        when=_when(request),
        strip=course_strip(course, states, frozenset(moved), held=held),
        sessions=tuple(
            msgspec.structs.replace(one, owed=one.number in owed, can_move=running)
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


def _figures(course: Course, request: PlanRequest) -> tuple[Figure, ...]:
    totals, days = course.totals, [session.local.date() for session in course.sessions]
    weeks = (days[-1] - days[0]).days // 7 + 1 if days else 0
    figures = [
        Figure(
            number_words(totals.sessions),
            ngettext("session", "sessions", totals.sessions),
            ngettext("in {count} week", "in {count} weeks", weeks).format(count=weeks) if days else "",
        ),
        Figure(
            number_words(totals.hours),
            _("hours"),
            _("including travel") if request.travel_minutes else _("without travel"),
        ),
    ]
    if totals.money is not None and request.price is not None:
        each = _("{price} a session").format(price=_money(request.price, request.currency))
        figures.append(Figure(_money(totals.money, request.currency), _("in all"), each))
    return tuple(figures)


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
