"""The page that puts a course on hold, and the one that lets it go on. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import msgspec

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate
from acupwa.planner.gate_of_state import against
from acupwa.planner.model import SavedPlan
from acupwa.planner.on_hold import Hold, day_to_go_on, hold_of
from acupwa.planner.plan import PlannerState
from acupwa.planner.safety import to_confirm
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.web.option import Option
from acupwa.wording import gettext as _

Waits = Literal["closed", "check-in", ""]


class PausePage(msgspec.Struct, frozen=True, kw_only=True):
    """Why it waits; nothing is chosen beforehand."""

    template: ClassVar[str] = "planner/pause.html"
    title: str
    reasons: tuple[Option, ...]
    chosen: str = ""
    errors: tuple[FieldError, ...] = ()


class GoOnPage(msgspec.Struct, frozen=True, kw_only=True):
    """`waits`: what it waits for before it can go on; empty when the form with the `day` is there."""

    template: ClassVar[str] = "planner/go_on.html"
    title: str
    hold: Hold
    waits: Waits
    closed: ClosedGate | None
    day: str
    errors: tuple[FieldError, ...] = ()


def pause_page(
    plan: SavedPlan, state: PlannerState, now: datetime, library: Library, form: FormData | None = None
) -> PausePage | GoOnPage:
    """By whether the course waits already. `form` is what was sent and is not kept."""
    hold = hold_of(plan, library)
    if hold is None:
        reasons = tuple(Option(one.id, one.name, one.says.strip()) for one in library.guidance.pauses)
        return PausePage(title=say("planner.pause.title"), reasons=reasons, chosen=form.one("reason") if form else "")
    closed = against(state, library)
    waits: Waits = "closed" if closed else "check-in" if state.check_in is None or to_confirm(state, now) else ""
    day = form.one("day") if form else day_to_go_on(plan, now, library).isoformat()
    return GoOnPage(title=_("Go on with your plan"), hold=hold, waits=waits, closed=closed, day=day)


def with_errors(page: PausePage | GoOnPage, errors: tuple[FieldError, ...]) -> PausePage | GoOnPage:
    return msgspec.structs.replace(page, errors=errors)
