"""The rule of the next thing, a test a line (docs/rules.md, "Today"); and for any life exactly one, danger before all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.planner.gate_of_state import against
from acupwa.planner.history import steps_of, with_step
from acupwa.planner.log import SessionNote, log_session
from acupwa.planner.model import Part, Step
from acupwa.planner.pause import pause_plan
from acupwa.planner.plan import PlannerState
from acupwa.quiz.standing_signs import standing_signs, with_help, with_unended
from acupwa.reading.model import ListState
from acupwa.today.cards import card_of
from acupwa.today.model import (
    KINDS,
    CheckInDue,
    ClinicWaits,
    DangerStands,
    DraftWaits,
    GoOn,
    KnownPerson,
    Newcomer,
    NoPlan,
    NothingDue,
    ReadNext,
    SafetyCheck,
    SessionSoon,
    SessionToLog,
    SessionToTell,
    Settling,
    TalkReady,
)
from acupwa.today.next_thing import is_closed, next_thing, waiting_things
from acupwa.today.today_page import TodayPage, today_page
from tests.today.people import LIBRARY, at, draft, finished, person, plan, replace

SEPTIC = "septic-joint"
ASKS = ClinicWaits(clinic="Needle Lane", what="first", href="/quiz")
ALL_READ = ListState(read={slug: page.hash for slug, page in LIBRARY.pages.items()})
LOGGED = {f"s{number}": "went" for number in range(1, 11)}


def found(known: KnownPerson) -> Any:
    return next_thing(known, LIBRARY)


def kinds(known: KnownPerson) -> list[type]:
    return [type(one) for one in waiting_things(known, LIBRARY)]


def test_without_a_finished_check_in_the_gate_is_that_of_the_plan_s_page():
    """The only one was deleted; a draft tells of a sign of which they had help."""
    helped = with_help(draft(0, SEPTIC), at(0), LIBRARY)
    for check_ins in ((helped,), (draft(0),), (), (helped, finished(1))):
        known = person(1.9, *check_ins, plan=plan(3))
        newest = with_unended(known.newest, known.check_ins, LIBRARY) if known.newest else None
        closed = against(PlannerState(check_in=newest, check_ins=known.check_ins, plan=known.plan), LIBRARY) is not None

        assert is_closed(known, LIBRARY) is closed
        assert closed is (check_ins == (helped,))
    soon = next(one for one in waiting_things(person(2, helped, plan=plan(3)), LIBRARY) if isinstance(one, SessionSoon))
    assert soon.closed


def test_1_a_danger_sign_comes_before_all():
    everything = person(1, finished(0, SEPTIC), draft(0.5), plan=plan(0), clinics=(ASKS,))

    assert isinstance(found(everything), DangerStands)
    assert isinstance(found(person(400, finished(0, SEPTIC))), DangerStands)
    assert isinstance(found(person(1, draft(0, SEPTIC))), DangerStands)


def test_1_a_sign_of_a_draft_that_is_out_of_date_still_stands():
    assert isinstance(found(person(90, draft(0, SEPTIC))), DangerStands)


def test_1_help_ends_it_and_the_plan_stays_on_hold():
    helped = with_help(finished(0, SEPTIC), at(0.1), LIBRARY)

    without = found(person(1, helped))
    with_plan = found(person(1, helped, plan=plan(7)))

    assert (type(without), without.gate.open) == (NoPlan, False)
    assert with_plan == CheckInDue("closed", 1)


def test_2_a_draft_says_how_far_it_is():
    waits = found(person(1, finished(0), draft(0.5), plan=plan(0)))

    assert isinstance(waits, DraftWaits)
    assert (waits.position.step, waits.position.steps) == (3, 8)


@pytest.mark.parametrize(("day", "seen"), [(31, ("right-now",)), (1, ())])
def test_2_a_draft_whose_days_are_over_or_that_was_only_opened_is_none(day, seen):
    assert isinstance(found(person(day, draft(0, seen=seen))), Newcomer)


def test_2_a_draft_that_saved_itself_before_its_first_button_is_one():
    typed = replace(draft(0, seen=()), updated_at=at(0.01))

    assert found(person(1, typed)).position.step == 1


def test_3_a_session_that_is_over_and_not_logged():
    assert found(person(0, finished(-1), plan=plan(0))).session.number == 1
    assert found(person(1, finished(-1), plan=plan(0))).days_ago == 1
    # On its own day it is over when its minutes are.
    assert isinstance(found(person(-0.03, finished(-1), plan=plan(0))), SessionSoon)
    assert not isinstance(found(person(1, finished(-1), plan=plan(0, s1="missed"))), SessionToLog)


def told(known: Any, number: int) -> Any:
    """The same plan, in which it was told how that session was."""
    sessions = tuple(replace(one, told=True) if one.number == number else one for one in known.sessions)
    return replace(known, sessions=sessions)


def test_3_after_the_first_session_how_it_was_comes_before_all_else_of_sessions():
    went = plan(0, s1="went")

    assert found(person(1, finished(-1), plan=went)).session.number == 1
    assert isinstance(found(person(1, finished(-1), plan=went)), SafetyCheck)
    # Also on the day before session 2, and while that is over and not noted.
    assert kinds(person(6.5, finished(-1), plan=went))[:2] == [SafetyCheck, SessionSoon]
    assert kinds(person(7.2, finished(-1), plan=went))[:2] == [SafetyCheck, SessionToLog]
    for no_more in (
        person(1, finished(-1), plan=told(went, 1)),
        person(1, finished(-1), finished(0.5), plan=went),
        person(8, finished(-1), plan=plan(0, s1="went", s2="went")),
        person(1, finished(-1), plan=plan(0, s1="missed")),
    ):
        assert SafetyCheck not in kinds(no_more)


def test_3_the_first_of_a_short_course_is_asked_for_too_and_of_a_taper_not():
    went = plan(-56, **LOGGED)
    assert isinstance(
        found(person(8, finished(-60), plan=replace(went, part=Part(first=10, phase="short")))), SafetyCheck
    )
    assert SafetyCheck not in kinds(person(8, finished(-60), plan=replace(went, part=Part(first=10, phase="taper"))))


def test_3_did_you_go_comes_before_how_it_was():
    assert isinstance(found(person(0.1, finished(-1), plan=plan(0))), SessionToLog)


def test_a_later_session_can_be_told_for_three_days_and_is_never_the_next_thing():
    two = plan(0, s1="went", s2="went")

    for day, offered in ((7.5, True), (10.4, True), (11.4, False)):
        known = person(day, finished(-1), plan=two)
        assert (SessionToTell in kinds(known)) is offered
        assert not isinstance(found(known), SessionToTell)
    assert SessionToTell not in kinds(person(8, finished(-1), plan=told(two, 2)))
    assert "How was session 2?" in [one.title for one in today_page(person(8, finished(-1), plan=two), LIBRARY).also]


def test_4_a_session_today_or_tomorrow():
    tomorrow, today = found(person(6, finished(0), plan=plan(7))), found(person(6.9, finished(0), plan=plan(7)))

    assert (tomorrow.session.number, tomorrow.tomorrow) == (1, True)
    assert (today.session.number, today.tomorrow) == (1, False)
    assert not isinstance(found(person(5, finished(0), plan=plan(7))), SessionSoon)


def test_4_it_says_what_the_answers_have_against_it():
    closed = found(person(6, finished(0, precautions=("extreme-needle-phobia",)), plan=plan(7)))
    ask = found(person(6, finished(0, precautions=("anticoagulants",)), plan=plan(7)))
    mild = next(
        one.id for one in LIBRARY.precautions.values() if (one.advice, one.scope) == ("tell-practitioner", "site")
    )
    unsure = found(person(6, finished(0, unsure=(mild,)), plan=plan(7)))
    calm = found(person(6, finished(0), plan=plan(7)))

    assert [(one.closed, one.ask_first) for one in (closed, ask, unsure, calm)] == [
        (True, False), (False, True), (False, True), (False, False),
    ]  # fmt: skip


def test_5_what_a_clinic_asks():
    assert found(person(1, finished(0), plan=plan(3), clinics=(ASKS,))) == ASKS
    assert found(person(1, clinics=(ASKS,))) == ASKS


def test_6_a_check_in_before_session_1():
    assert found(person(8, finished(0), plan=plan(14))) == CheckInDue("before", 1)
    for early in (person(6, finished(0), plan=plan(14)), person(8, finished(2), plan=plan(14))):
        assert not isinstance(found(early), CheckInDue)


def test_6_what_was_missed_is_no_session_1():
    missed = plan(0, s1="missed")
    assert found(person(4, finished(-4), plan=missed)) == CheckInDue("before", 2)
    assert not isinstance(found(person(4, finished(-4), plan=plan(0, s1="went", told=True))), CheckInDue)


def test_6_a_second_number_before_a_course_that_begins_again():
    short = replace(plan(0, 6, s1="went", s2="went", told=True), part=Part(first=3, phase="short"))
    later = tuple(
        one if one.number < 3 else replace(one, day=at(50 + one.number).date(), phase="short") for one in short.sessions
    )
    step = Step(kind="restarted", at=at(30), part=short.part)
    again = replace(short, sessions=later)
    again = replace(again, steps=(*steps_of(replace(again, part=Part())), step))
    assert CheckInDue("second", 3) in waiting_things(person(44, finished(37), plan=again), LIBRARY)


def test_6_a_check_in_after_session_4_and_the_decision_after_8():
    four, logged = plan(0, **dict(list(LOGGED.items())[:4])), plan(0, **LOGGED)

    assert found(person(22, finished(0.5), plan=four)) == CheckInDue("light", 4)
    assert not isinstance(found(person(23, finished(0.5), finished(22), plan=four)), CheckInDue)
    assert found(person(50, finished(22), plan=logged)) == CheckInDue("decide", 8)
    # Of two that are due the later one.
    assert found(person(50, finished(0.5), plan=logged)) == CheckInDue("decide", 8)


def test_6_a_short_course_is_decided_on_after_its_last_session():
    assert found(person(16, finished(0.5), plan=plan(0, 3, **LOGGED))) == CheckInDue("decide", 3)


def test_7_a_summary_without_a_plan_and_why_there_is_none():
    open_, closed = found(person(1, finished(0))), found(person(1, finished(0, age_band="under-16")))

    assert (type(open_), open_.gate.open, open_.ask_first) == (NoPlan, True, False)
    assert (type(closed), closed.gate.open) == (NoPlan, False)
    assert closed.gate.because


def test_8_the_next_page_of_their_list():
    reads = found(person(1, finished(0), plan=plan(5)))

    assert reads.page.slug in LIBRARY.pages
    assert found(person(1, finished(0), plan=plan(5), marks=ListState(hidden=(reads.page.slug,)))) != reads


def test_the_next_date_is_never_missing_and_never_said_twice():
    asked = finished(0)
    reading = today_page(person(1, asked, plan=plan(10)), LIBRARY)
    tomorrow = today_page(person(1, asked, plan=plan(2)), LIBRARY)
    on_hold = today_page(person(1, finished(0, "septic-joint"), plan=plan(10)), LIBRARY)
    afterwards = today_page(person(90, asked, plan=plan(1, 2, s1="went", s2="went")), LIBRARY)

    assert reading.ahead == "Your next session is on Thursday 3 December 2026, 09:00."
    assert [one.ahead for one in (tomorrow, on_hold, afterwards)] == ["", "", ""]


def test_9_nothing_due_tells_the_next_date():
    assert found(person(1, finished(0), plan=plan(5), marks=ALL_READ)).session.number == 1
    over = plan(-70, **LOGGED)
    assert found(person(1, finished(0), plan=over, marks=ALL_READ)) == TalkReady(8)
    ended = replace(over, ended_at=at(0.5))
    assert found(person(1, finished(0), plan=ended, marks=ALL_READ)) == NothingDue(None)
    assert found(person(40, finished(0), plan=over, marks=ALL_READ)) == NothingDue(None)


def test_a_newcomer():
    assert found(person(0)) == Newcomer()
    assert found(person(0, marks=ListState(pinned=("what-to-expect",)))) == Newcomer()


# ------------------------------------------------------------------ any life

SIGNS = [SEPTIC, "cauda-equina", "lupus-kidney", "old-sign"]
signs = st.lists(st.sampled_from(SIGNS), unique=True, max_size=2)
days = st.integers(-40, 0)


@st.composite
def check_ins(draw: st.DrawFn) -> list[Any]:
    made = {day: finished(day, *draw(signs)) for day in draw(st.lists(days, unique=True, max_size=3))}
    some = [with_help(one, at(0), LIBRARY) if draw(st.booleans()) else one for one in made.values()]
    seen = draw(st.sampled_from([(), ("right-now",), ("right-now", "about-you", "lately")]))
    return [*some, draft(-0.5, *draw(signs), seen=seen)] if draw(st.booleans()) else some


@st.composite
def people(draw: st.DrawFn) -> KnownPerson:
    logs = draw(st.dictionaries(st.sampled_from(sorted(LOGGED)), st.sampled_from(["went", "missed"])))
    plans = st.none() | st.builds(
        lambda first, count: plan(first, count, **logs), st.integers(-80, 20), st.integers(1, 15)
    )
    clinics = st.lists(st.sampled_from([ASKS]), max_size=1).map(tuple)
    marks = st.sampled_from([ListState(), ALL_READ])
    return person(0.2, *draw(check_ins()), plan=draw(plans), clinics=draw(clinics), marks=draw(marks))


@settings(max_examples=300)
@given(people())
def test_there_is_exactly_one_next_thing_danger_before_all_and_each_in_its_place(known):
    things = waiting_things(known, LIBRARY)

    assert things[0] == next_thing(known, LIBRARY)
    places = [KINDS.index(type(one)) for one in things]
    assert places == sorted(set(places))
    assert sum(isinstance(one, (NoPlan, ReadNext, NothingDue, Newcomer)) for one in things) == 1
    stands = bool(standing_signs(known.check_ins, LIBRARY).told_in)
    assert isinstance(things[0], DangerStands) == stands


@settings(max_examples=60)
@given(people())
def test_each_thing_can_be_said_and_leads_somewhere(known):
    for one in waiting_things(known, LIBRARY):
        card = card_of(one, known, LIBRARY)
        assert card.title
        assert card.href.startswith("/")
        assert card.acts or isinstance(one, (NothingDue, Newcomer))
    page = today_page(known, LIBRARY)
    if isinstance(page, TodayPage) and page.next.danger:
        assert page.waiting[0] == "today"
        assert page.next.danger.care
        assert not page.reading
        assert page.going is None


@settings(max_examples=100)
@given(people(), st.lists(st.sampled_from(SIGNS), unique=True, min_size=1, max_size=2))
def test_a_new_tick_is_always_the_next_thing(known, ticked):
    newer = replace(known, now=at(1), check_ins=(finished(0.5, *ticked), *known.check_ins))

    assert isinstance(next_thing(newer, LIBRARY), DangerStands)


def held(days_ago: float, **more):
    """A plan of ten Mondays, session 1 gone to, put on hold on day 1; `days_ago` is when Today is looked at."""
    running = plan(0, s1="went", told=True)
    found = pause_plan(running, at(1), reason="flare", guidance=LIBRARY.guidance)
    assert isinstance(found, Step)
    return person(1 + days_ago, *more.pop("check_ins", (finished(-1),)), plan=with_step(running, found), **more)


def test_6_a_course_on_hold_is_not_pushed_for_a_week():
    for days in (0, 3, 6.5):
        known = held(days, marks=ALL_READ)
        assert [type(one) for one in waiting_things(known, LIBRARY)] == [NothingDue, Settling]
        assert found(known).session is None
    assert found(held(8)) == CheckInDue("held", 0)


def test_6_with_nothing_left_no_check_in_is_asked_for_to_go_on():
    one = plan(0, 1)
    said = log_session(one, at(1), number=1, note=SessionNote(log="went", told=True), pause="infection")
    assert isinstance(said, Step)
    known = person(20, finished(-1), plan=with_step(one, said), marks=ALL_READ)
    assert CheckInDue("held", 0) not in waiting_things(known, LIBRARY)


def test_6_with_a_check_in_since_it_can_go_on():
    assert found(held(3, check_ins=(finished(-1), finished(3)))) == GoOn(9)
    assert found(held(30, check_ins=(finished(-1), finished(3)))) == GoOn(9)


def test_6_a_closed_gate_comes_before_going_on():
    known = held(3, check_ins=(finished(-1), with_help(finished(3, SEPTIC), at(3.1), LIBRARY)))
    assert found(known) == CheckInDue("closed", 0)


def test_4_a_course_on_hold_has_no_session_soon():
    """Its session of today was noted before its time, the plan paused, and the note taken back."""
    running = plan(2, s1="went")
    paused = with_step(running, pause_plan(running, at(1.9), reason="flare", guidance=LIBRARY.guidance))
    back = with_step(paused, log_session(paused, at(1.91), number=1, note=SessionNote(log=None)))
    assert SessionSoon not in kinds(person(1.92, finished(-1), plan=back))
