"""Plans as people make, move and change them, through the functions of the app."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.planner.log import log_session, note_left_open
from acupwa.planner.model import WEEKDAYS, AskedPlan, Course, SavedPlan
from acupwa.planner.move import move_session
from acupwa.planner.move_form import read_move_form
from acupwa.planner.plan import PlannerState, now_of, planned_sessions
from acupwa.planner.plan_fields import posted_values
from acupwa.planner.preview import PlanPreview, preview_form, preview_proposal
from acupwa.quiz.model import SCREENS, Answers, CheckIn
from acupwa.web.forms import FormData
from tests.support.people import plan_fields

LIBRARY = load_library()
START = datetime(2026, 2, 20, 10, 0, tzinfo=UTC)
ID = UUID("01a2238f-da56-755d-b3fe-ad04c2066413")
ANSWERS = Answers(age_band="16-17", country="GB", conditions=("ra",), precautions=("anticoagulants", "children"))
ZONES = ["Europe/London", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "Australia/Lord_Howe", "Asia/Kolkata"]
replace = msgspec.structs.replace
times = st.sampled_from(["00:00", "01:30", "02:15", "09:00", "14:30", "23:55"])


def check_in(answers: Answers, at: datetime) -> CheckIn:
    return CheckIn(
        id=UUID("01a2238f-da56-755d-b3fe-ad04c2066414"), variant="full", answers=answers, quiz_version="1",
        content_version=LIBRARY.version, language="en", created_at=at, updated_at=at, finished_at=at, urgency="none",
        seen=SCREENS[:-1],
    )  # fmt: skip


def kept(asked: AskedPlan, course: Course, before: SavedPlan | None, now: datetime) -> SavedPlan:
    """As `planner.service.save_plan` keeps it."""
    sessions = planned_sessions(course, asked.request, before)
    return SavedPlan(
        id=ID, request=asked.request, sessions=note_left_open(sessions, before, now) if before else sessions,
        own_days_off=asked.own_days_off, country=asked.country, content_version=LIBRARY.version, language="en",
        created_at=before.created_at if before else now, updated_at=now,
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
    state = PlannerState(check_in=check_in(ANSWERS, now), plan=plan)
    found = preview_form(posted_values(draw(forms(now))), state, LIBRARY, now)
    assert isinstance(found, PlanPreview), found
    return kept(found.asked, found.made, plan, now) if isinstance(found.made, Course) else plan


def made_by_proposal(draw: Any, plan: SavedPlan | None, now: datetime) -> SavedPlan | None:
    sent = preview_form(posted_values(draw(forms(now))), PlannerState(check_in=check_in(ANSWERS, now)), LIBRARY, now)
    assert isinstance(sent, PlanPreview)
    found = preview_proposal(sent.asked.request, ANSWERS, plan, LIBRARY, now + timedelta(days=draw(st.integers(0, 9))))
    return kept(found.asked, found.made, plan, now + timedelta(days=9)) if isinstance(found.made, Course) else plan


def moved(draw: Any, plan: SavedPlan, now: datetime) -> SavedPlan:
    here, one = now_of(plan, now), draw(st.sampled_from(plan.standing))
    day = max(one.day, here.date()) + timedelta(days=draw(st.integers(-6, 12)))
    form = FormData.of({"day": day.isoformat(), "time": draw(times), "which": draw(st.sampled_from(["this", "rest"]))})
    asked = read_move_form(form, one.number, here)
    sessions = "refused" if isinstance(asked, tuple) else move_session(plan, asked, LIBRARY.guidance)
    if isinstance(sessions, str):
        return plan
    return replace(plan, sessions=note_left_open(sessions, plan, now), updated_at=now)


def logged(draw: Any, plan: SavedPlan, now: datetime) -> SavedPlan:
    one, choice = draw(st.sampled_from(plan.standing)), draw(st.sampled_from(["went", "missed", None]))
    noted = log_session(plan, one.number, choice, now)
    return plan if noted == "not-yet" else noted


@st.composite
def lives(draw: Any, start: datetime = START) -> tuple[SavedPlan, datetime]:
    """A plan after changes of all kinds, at all times."""
    now, plan = start, None
    for _ in range(draw(st.integers(1, 9))):
        now += timedelta(minutes=draw(st.integers(1, 60 * 24 * 3) | st.integers(1, 60 * 24 * 40)))
        kind = draw(st.sampled_from(["move", "move", "move", "log", "log", "form", "proposal"])) if plan else "form"
        if kind == "move" and plan:
            plan = moved(draw, plan, now)
        elif kind == "log" and plan:
            plan = logged(draw, plan, now)
        elif kind == "proposal":
            plan, now = made_by_proposal(draw, plan, now), now + timedelta(days=9)
        else:
            plan = made_by_form(draw, plan, now)
    while plan is None:
        plan = made_by_form(draw, plan, now)
    return plan, now


@st.composite
def new_plans(draw: Any) -> SavedPlan:
    """As it was made, and not changed since."""
    plan = None
    while plan is None:
        plan = made_by_form(draw, None, START)
    return plan
