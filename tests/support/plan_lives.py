"""Plans as people make, move and change them, through the functions of the app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.planner.days_off import take_days_off
from acupwa.planner.gate import gate
from acupwa.planner.log import SessionNote, log_session
from acupwa.planner.model import WEEKDAYS, Course, SavedPlan
from acupwa.planner.move import move_session
from acupwa.planner.move_form import read_move_form
from acupwa.planner.pause import pause_plan, resume_plan
from acupwa.planner.plan import PlannerState, now_of, today_of
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.preview import PlanPreview, preview_form, preview_proposal
from acupwa.planner.stages import extend_plan, finish_plan, replan_session, restart_plan, taper_plan
from acupwa.planner.undo import undo_last
from acupwa.quiz.model import SCREENS, Answers, CheckIn
from acupwa.web.forms import FormData
from tests.support.people import plan_fields
from tests.support.plan_steps import kept, stepped

LIBRARY = load_library()
START = datetime(2026, 2, 20, 10, 0, tzinfo=UTC)
ANSWERS = Answers(age_band="16-17", country="GB", conditions=("ra",), precautions=("anticoagulants", "children"))
OPEN = gate(ANSWERS, LIBRARY)
ZONES = ["Europe/London", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "Australia/Lord_Howe", "Asia/Kolkata"]
replace = msgspec.structs.replace
times = st.sampled_from(["00:00", "01:30", "02:15", "09:00", "14:30", "23:55"])


def check_in(answers: Answers, at: datetime) -> CheckIn:
    return CheckIn(
        id=UUID("01a2238f-da56-755d-b3fe-ad04c2066414"), variant="full", answers=answers, quiz_version="1",
        content_version=LIBRARY.version, language="en", created_at=at, updated_at=at, finished_at=at, urgency="none",
        seen=SCREENS[:-1],
    )  # fmt: skip


@st.composite
def forms(draw: Any, now: datetime) -> FormData:
    zone = draw(st.sampled_from(ZONES))
    today = now.astimezone(ZoneInfo(zone)).date()
    ahead = draw(st.integers(0, 10) | st.integers(0, 366))
    off = [today + timedelta(days=draw(st.integers(-3, 60))) for _ in range(draw(st.integers(0, 3)))]
    often = draw(st.sampled_from(["1", "2", "fortnight"]))
    fields = plan_fields(
        first_day=(today + timedelta(days=ahead)).isoformat(), time=draw(times), time_zone=zone,
        weekdays=draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True)),
        per_week=often, max_sessions=str(draw(st.integers(1, 10 if often == "fortnight" else 15))),
        minutes=draw(st.sampled_from(["30", "40", "240"])), price=draw(st.sampled_from(["", "0", "37,50", "45"])),
        currency=draw(st.sampled_from(["GBP", "EUR"])),
    )  # fmt: skip
    if fields["price"]:
        fields["max_money"] = draw(st.sampled_from(["", "45", "200", "337,50", "1 000"]))
    for row, day in enumerate(off):
        length = draw(st.integers(0, 30) | st.integers(0, 200))
        fields |= {f"off_from.{row}": day.isoformat(), f"off_to.{row}": (day + timedelta(days=length)).isoformat()}
    if draw(st.booleans()):
        fields["leave_out_holidays"] = "yes"
    return FormData.of(fields)


def made_by_form(draw: Any, plan: SavedPlan | None, now: datetime) -> SavedPlan | None:
    checked = check_in(ANSWERS, now)
    state = PlannerState(check_in=checked, check_ins=(checked,), plan=plan)
    found = preview_form(posted_values(draw(forms(now))), state, LIBRARY, now)
    if plan and plan.part.phase != "course" and not plan.ended_at and not isinstance(found, PlanPreview):
        return plan  # more sessions than such a part may have
    assert isinstance(found, PlanPreview), found
    return _kept(found, plan, now)


def _kept(found: PlanPreview, plan: SavedPlan | None, now: datetime) -> SavedPlan | None:
    made = found.made
    return kept(found.asked, made, plan, now, LIBRARY, found.part) if isinstance(made, Course) else plan


def made_by_proposal(draw: Any, plan: SavedPlan | None, now: datetime) -> SavedPlan | None:
    sent = preview_form(posted_values(draw(forms(now))), PlannerState(check_in=check_in(ANSWERS, now)), LIBRARY, now)
    assert isinstance(sent, PlanPreview)
    found = preview_proposal(sent.asked.request, ANSWERS, plan, LIBRARY, now)
    return _kept(found, plan, now)


def moved(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    here, one = now_of(plan, now), draw(st.sampled_from(plan.standing))
    day = max(one.day, here.date()) + timedelta(days=draw(st.integers(-6, 12)))
    form = FormData.of({"day": day.isoformat(), "time": draw(times), "which": draw(st.sampled_from(["this", "rest"]))})
    asked = read_move_form(form, one.number, here)
    return "refused" if isinstance(asked, tuple) else move_session(plan, now, move=asked, guidance=LIBRARY.guidance)


def logged(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    one, log = draw(st.sampled_from(plan.standing)), draw(st.sampled_from(["went", "went", "missed", None]))
    note = SessionNote(log=log)
    if log == "went" and draw(st.booleans()):
        note = SessionNote(log=log, felt=draw(st.sampled_from(["good", "bad", None])), followed=("bruise",), told=True)
    pause = draw(st.sampled_from(["", "", "", "infection"])) if log == "went" else ""
    return log_session(plan, now, number=one.number, note=note, pause=pause)


def replanned(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    number = draw(st.sampled_from([one.number for one in plan.standing if one.log == "missed"] or [1]))
    return replan_session(plan, now, number=number, entry=OPEN, library=LIBRARY)


def paused(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    return pause_plan(plan, now, reason=draw(st.sampled_from(["flare", "infusion"])), guidance=LIBRARY.guidance)


def resumed(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    day = today_of(plan, now) + timedelta(days=draw(st.integers(0, 20)))
    return resume_plan(plan, now, day=day, entry=OPEN, library=LIBRARY)


def days_off(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    first = today_of(plan, now) + timedelta(days=draw(st.integers(-3, 40)))
    days = [first + timedelta(days=n) for n in range(draw(st.integers(1, 12)))]
    return take_days_off(plan, now, days=days, library=LIBRARY)


def extended(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    return extend_plan(plan, now, more=draw(st.integers(1, 6)), entry=OPEN, library=LIBRARY)


def tapered(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    return taper_plan(plan, now, sessions=draw(st.integers(1, 7)), entry=OPEN, library=LIBRARY)


def finished(_draw: Any, plan: SavedPlan, now: datetime) -> Any:
    return finish_plan(plan, now)


def restarted(draw: Any, plan: SavedPlan, now: datetime) -> Any:
    day = today_of(plan, now) + timedelta(days=draw(st.integers(0, 20)))
    return restart_plan(plan, now, sessions=draw(st.integers(3, 7)), day=day, entry=OPEN, library=LIBRARY)


def undone(_draw: Any, plan: SavedPlan, now: datetime) -> Any:
    return undo_last(plan, now)


STEPS = {
    "move": moved, "log": logged, "replan": replanned, "pause": paused, "resume": resumed, "days-off": days_off,
    "extend": extended, "taper": tapered, "finish": finished, "restart": restarted, "undo": undone,
}  # fmt: skip
_USUAL = ["move", "move", "log", "log", "log", "log", "form", "proposal", *STEPS]


def next_step(draw: Any, plan: SavedPlan, now: datetime) -> tuple[SavedPlan, str]:
    """The plan after one more thing that happens to it, and what that was; the plan as it is where it cannot be."""
    kind = draw(st.sampled_from(_USUAL))
    if kind == "form" and not plan.pause:
        return made_by_form(draw, plan, now) or plan, kind
    if kind == "proposal" and not plan.pause:
        return made_by_proposal(draw, plan, now) or plan, kind
    if kind not in STEPS or (kind in ("move", "log") and not plan.standing):
        return plan, kind
    after = stepped(plan, STEPS[kind](draw, plan, now))
    return (plan if isinstance(after, str) else after), kind


@st.composite
def lives(draw: Any, start: datetime = START, most: int = 14) -> tuple[SavedPlan, datetime]:
    """A plan after steps of all kinds, at all times."""
    now, plan = start, draw(new_plans(start))
    for _ in range(draw(st.integers(0, most))):
        now += timedelta(minutes=draw(st.integers(1, 60 * 24 * 3) | st.integers(1, 60 * 24 * 20)))
        plan, _kind = next_step(draw, plan, now)
    return plan, now


@st.composite
def new_plans(draw: Any, now: datetime = START) -> SavedPlan:
    """As it was made, and not changed since."""
    plan = None
    while plan is None:
        plan = made_by_form(draw, None, now)
    return plan
