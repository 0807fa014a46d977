"""The one next thing, and what else waits (docs/rules.md, "Today"). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from acupwa.library.model import Library
from acupwa.planner.fair_start import begins_at, fair_start
from acupwa.planner.gate import Gate
from acupwa.planner.gate_of_state import gate_of
from acupwa.planner.history import starts_at
from acupwa.planner.lived_course import reviews_of_plan
from acupwa.planner.log import next_session, session_to_log, states_of
from acupwa.planner.model import Pause, PlannedSession, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.plan import PlannerState, today_of
from acupwa.planner.safety import asks_first, checked_since, complete_answers
from acupwa.planner.talk import talk_ready
from acupwa.quiz.follow_up import is_to_be_carried_on
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.position import position
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.rules import next_screen
from acupwa.quiz.standing_signs import standing_signs, with_unended
from acupwa.reading.list_marks import arrange
from acupwa.reading.ranking import ListedPage
from acupwa.results.change import LEAST_DAYS
from acupwa.today.model import (
    CheckInDue,
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
    Thing,
)
from acupwa.zones import days_between

# Our choice: a check-in before session 1 is asked for in the week before it.
BEFORE_FIRST = timedelta(days=7)
# Our choice too: what came after a session is remembered that long.
TELL_DAYS = 3
# Our choice: a week for a flare to settle before a check-in is asked for.
SETTLE_DAYS = 7


def next_thing(person: KnownPerson, library: Library) -> Thing:
    """Exactly one, a danger sign before all."""
    return waiting_things(person, library)[0]


def waiting_things(person: KnownPerson, library: Library) -> tuple[Thing, ...]:
    """All that waits, in the order of `KINDS`; never empty. One alone tells of a plan, of reading, or that all is done;
    after it stands only what is never the next thing.
    """
    return (
        *_danger(person, library),
        *_draft(person, library),
        *_safety_check(person),
        *_session(person, library),
        *person.clinics,
        *check_in_due(person, library),
        *_go_on(person, library),
        *_talk(person, library),
        _at_leisure(person, library),
        *_to_tell(person),
        *_settling(person, library),
    )


def to_read(person: KnownPerson, library: Library) -> tuple[ListedPage, ...]:
    """What is left of their list, the next page first."""
    newest = person.newest
    answers = complete_answers(newest.answers, library) if newest else Answers()
    return arrange(answers, library, person.marks).to_read


def _danger(person: KnownPerson, library: Library) -> Iterator[Thing]:
    signs = standing_signs(person.check_ins, library)
    if signs.told_in:
        yield DangerStands(signs)


def _draft(person: KnownPerson, library: Library) -> Iterator[Thing]:
    """One in which something was answered. What was opened and left is no work to go on with."""
    draft = next((one for one in person.check_ins if not one.finished), None)
    if is_to_be_carried_on(draft, person.now, person.draft_days):
        known = known_check_in(draft, library)
        yield DraftWaits(draft, position(known, next_screen(known), library))


def _safety_check(person: KnownPerson) -> Iterator[Thing]:
    """After the first session of a course, or of a short one, until it is told, or a later one was gone to."""
    newest = _untold(person)
    if person.plan and newest and newest is _first_of(person.plan):
        yield SafetyCheck(newest)


def _to_tell(person: KnownPerson) -> Iterator[Thing]:
    newest = _untold(person)
    if person.plan is None or newest is None or newest is _first_of(person.plan):
        return
    if (today_of(person.plan, person.now) - newest.day).days <= TELL_DAYS:
        yield SessionToTell(newest)


def _untold(person: KnownPerson) -> PlannedSession | None:
    """The newest session that they went to, where it was not told what came after, nor asked in a check-in since."""
    gone_to = [one for one in person.plan.standing if one.log == "went"] if person.plan else []
    if person.plan is None or not gone_to or gone_to[-1].told:
        return None
    began, newest = starts_at(gone_to[-1], person.plan), person.newest
    asked = newest is not None and newest.finished_at is not None and not newest.undated and newest.finished_at > began
    return None if asked else gone_to[-1]


def _first_of(plan: SavedPlan) -> PlannedSession | None:
    if plan.part.phase == "taper":
        return None
    return next((one for one in plan.standing if one.number >= plan.part.first and one.log == "went"), None)


def _session(person: KnownPerson, library: Library) -> Iterator[Thing]:
    plan = person.plan
    if plan is None:
        return
    today, over = today_of(plan, person.now), session_to_log(plan, person.now)
    if over:
        yield SessionToLog(over, (today - over.day).days)
    ahead = next_session(plan, person.now)
    if ahead and not plan.pause and ahead.day <= today + timedelta(days=1):
        newest = person.newest
        yield SessionSoon(
            ahead,
            tomorrow=ahead.day > today,
            closed=not _gate(person, library).open,
            ask_first=newest is not None and asks_first(newest.answers, library),
        )


def check_in_due(person: KnownPerson, library: Library) -> Iterator[CheckInDue]:
    """The one that their plan waits for, if it does."""
    plan, newest = person.plan, person.newest
    if plan is None or newest is None:
        return
    if plan.pause:
        held = _on_hold(person, plan.pause, library)
        yield from (one for one in held if isinstance(one, CheckInDue))
        return
    ahead = next_session(plan, person.now)
    if ahead and not _gate(person, library).open:
        yield CheckInDue("closed", ahead.number)
    elif ahead and _is_first(ahead, plan) and _before_first(person, newest, ahead):
        yield CheckInDue("before", ahead.number)
    elif ahead and _is_first(ahead, plan) and _second_is_due(person, plan, library):
        yield CheckInDue("second", ahead.number)
    else:
        yield from _after_review(person, plan, newest, library)


def is_closed(person: KnownPerson, library: Library) -> bool:
    """Whether their answers stand against going: a danger sign, or a gate that is closed."""
    return bool(standing_signs(person.check_ins, library).told_in) or not _gate(person, library).open


def _on_hold(person: KnownPerson, pause: Pause, library: Library) -> Iterator[Thing]:
    if not _gate(person, library).open:
        yield CheckInDue("closed", 0)
    elif checked_since(pause, person.check_ins):
        yield GoOn(sessions_left(person.plan) if person.plan else 0)
    elif days_between(pause.since, person.now) >= SETTLE_DAYS and person.plan and sessions_left(person.plan):
        yield CheckInDue("held", 0)


def _go_on(person: KnownPerson, library: Library) -> Iterator[Thing]:
    plan, newest = person.plan, person.newest
    if plan and plan.pause and newest:
        yield from (one for one in _on_hold(person, plan.pause, library) if isinstance(one, GoOn))


def _settling(person: KnownPerson, library: Library) -> Iterator[Thing]:
    plan, newest = person.plan, person.newest
    if plan and plan.pause and newest and not [*_on_hold(person, plan.pause, library)]:
        yield Settling()


def _is_first(session: PlannedSession, plan: SavedPlan) -> bool:
    """Of a course or a short one; what was missed is none. A taper goes on from what was looked at just before."""
    before = range(plan.part.first, session.number)
    missed = all(one.log == "missed" for one in plan.standing if one.number in before)
    return session.number >= plan.part.first and missed and plan.part.phase != "taper"


def _before_first(person: KnownPerson, newest: CheckIn, first: PlannedSession) -> bool:
    """The numbers of before are to be of the last days before: the questions look back a week."""
    near = first.day - person.now.date() <= BEFORE_FIRST
    return near and days_between(newest.finished_at or newest.updated_at, person.now) >= LEAST_DAYS


def _second_is_due(person: KnownPerson, plan: SavedPlan, library: Library) -> bool:
    """A week after the first number, while there is time for another before session 1."""
    begins = begins_at(plan)
    start = fair_start(person.check_ins, begins, person.now, library) if begins else None
    return start is not None and start.another_from == today_of(plan, person.now)


def _talk(person: KnownPerson, library: Library) -> Iterator[Thing]:
    session = talk_ready(person.plan, person.check_ins, person.now, library.guidance) if person.plan else None
    if session:
        yield TalkReady(session.number)


def _after_review(person: KnownPerson, plan: SavedPlan, newest: CheckIn, library: Library) -> Iterator[CheckInDue]:
    """Of the reviews that are due the last one, until a check-in is finished after its session began."""
    if plan.ended_at:
        return
    states = states_of(plan, person.now)
    due = [
        CheckInDue(review.kind, session.number)
        for review in reviews_of_plan(plan, library.guidance)
        for session in plan.standing[review.after_session - 1 : review.after_session]
        if review.kind != "safety"
        and states[session.number] in ("went", "missed", "over")
        and (newest.finished_at or newest.updated_at) < starts_at(session, plan)
    ]
    yield from due[-1:]


def _at_leisure(person: KnownPerson, library: Library) -> Thing:
    newest = person.newest
    if newest is None:
        return Newcomer()
    if person.plan is None:
        return NoPlan(newest, _gate(person, library), ask_first=asks_first(newest.answers, library))
    page = next(iter(to_read(person, library)), None)
    if page:
        return ReadNext(page)
    return NothingDue(None if person.plan.pause else next_session(person.plan, person.now))


def _gate(person: KnownPerson, library: Library) -> Gate:
    """As the planner asks it: a sign of which they had help may stand against a plan still."""
    check_in = with_unended(person.newest, person.check_ins, library) if person.newest else None
    return gate_of(PlannerState(check_in=check_in, check_ins=person.check_ins), library)
