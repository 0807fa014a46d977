"""The pages that plan a taper or a short course: how many, and the dates before anything is kept. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import msgspec

from acupwa.library.model import Guidance, Library
from acupwa.planner.course_view import SessionLine, session_lines
from acupwa.planner.history import with_step
from acupwa.planner.lived_course import course_of_plan
from acupwa.planner.model import NoCourse, SavedPlan, Step
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.stage_entry import Barred, entry_for_stages
from acupwa.planner.stage_form import stage_error
from acupwa.planner.stages import restart_offered, taper_offered
from acupwa.planner.statements import Statement, Statements
from acupwa.planner.talk_page import counts
from acupwa.sentences import say
from acupwa.web.forms import FieldError
from acupwa.wording import gettext as _

StageKind = Literal["taper", "restart"]


class StagePage(msgspec.Struct, frozen=True, kw_only=True):
    """`sessions` and `day` stand in the fields, `options` are what can be chosen. `dates` are the sessions that they give;
    nothing is kept yet. `offered`: it can be planned now, if nothing has `barred` it.
    """

    template: ClassVar[str] = "planner/stage.html"
    kind: StageKind
    title: str
    about: Statement
    hint: str
    options: tuple[tuple[str, str], ...]
    offered: bool
    barred: Barred | None
    sessions: str = ""
    day: str = ""
    dates: tuple[SessionLine, ...] = ()
    errors: tuple[FieldError, ...] = ()


def stage_page(kind: StageKind, plan: SavedPlan, state: PlannerState, now: datetime, library: Library) -> StagePage:
    guidance, entry = library.guidance, entry_for_stages(state, library, now)
    about = next(one for one in guidance.afterwards if one.id == kind)
    least, most = bounds_of(kind, guidance)
    offered = taper_offered(plan, now, guidance) if kind == "taper" else restart_offered(plan, now)
    return StagePage(
        kind=kind,
        title=_("Sessions further apart") if kind == "taper" else _("A short course"),
        about=Statements(library).of_words(about),
        hint=_hint(kind, guidance),
        options=counts(least, most),
        offered=offered,
        barred=entry if isinstance(entry, Barred) else None,
        day=today_of(plan, now).isoformat(),
    )


def shown(page: StagePage, plan: SavedPlan, step: Step | NoCourse | str | None, library: Library) -> StagePage:
    """The page with the sessions that the step lays, or with what to do where there is none."""
    if not isinstance(step, Step):
        return refused(page, step)
    after, laid = with_step(plan, step), {one.number for one in step.laid}
    lines = session_lines(course_of_plan(after, library.guidance), library, {})
    return msgspec.structs.replace(page, dates=tuple(one for one in lines if one.number in laid))


def refused(page: StagePage, reason: str | NoCourse | Barred | None) -> StagePage:
    """The page with what to do about it. A gate that is closed is said by `barred`."""
    if isinstance(reason, Barred):
        return msgspec.structs.replace(page, barred=reason)
    least, most = int(page.options[0][0]), int(page.options[-1][0])
    if isinstance(reason, NoCourse):
        error = None if page.barred else stage_error("no-room", "sessions", least, most)
    else:
        error = stage_error(reason or "too-early", "sessions", least, most)
    return msgspec.structs.replace(page, errors=(error,) if error else ())


def bounds_of(kind: StageKind, guidance: Guidance) -> tuple[int, int]:
    numbers = guidance.numbers
    return (
        (1, numbers.taper_sessions.value) if kind == "taper" else (numbers.short_least.value, numbers.short_most.value)
    )


def _hint(kind: StageKind, guidance: Guidance) -> str:
    least, most = bounds_of(kind, guidance)
    if kind == "taper":
        return say("planner.stages.taper_hint", most=most, weeks=guidance.numbers.taper_weeks.value)
    return say("planner.stages.short_hint", least=least, most=most)
