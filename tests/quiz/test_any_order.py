"""However late check-ins come in, and whatever a phone's clock says: nothing that is worse is hidden, and no gate opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.planner.gate import gate
from acupwa.planner.gate_of_state import check_in_for_gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.completion import finish
from acupwa.quiz.confirming import needs_confirming
from acupwa.quiz.model import CheckIn
from acupwa.quiz.standing_signs import newest_first, standing_signs
from acupwa.web.queued_press import FAST, KNOWN_FOR, PressedAt, pressed_at
from tests.support.answers import make_answers, make_draft

LIBRARY = load_library()
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


class Told(msgspec.Struct, frozen=True):
    """One check-in as it truly was. `late`: the minutes until it came in. `wrong`: its phone's clock could not be right."""

    late: int
    wrong: bool
    signs: tuple[str, ...]
    precautions: tuple[str, ...]


def _kinds() -> tuple[Told, ...]:
    """Few, so that what matters is tried often: a sign, a precaution that closes the gate, an arrival after the next two."""
    ways = ((0, False), (15, False), (5, True), (25, True))
    tells = (((), ()), (("septic-joint",), ()), (("cauda-equina",), ()), ((), ("severe-neutropenia",)))
    return tuple(Told(*way, *told) for way, told in product(ways, tells))


KINDS = _kinds()
SOME = st.lists(st.sampled_from(KINDS), min_size=1, max_size=5)


def truly(told: list[Told]) -> list[CheckIn]:
    """As they were answered, ten minutes apart, each known at once."""
    return [_finished(one, number) for number, one in enumerate(told)]


def kept(told: list[Told]) -> list[CheckIn]:
    """As they are kept, by when they came in."""
    return [_received(one, number) for number, one in enumerate(told)]


def _answered_at(number: int) -> datetime:
    return START + timedelta(minutes=10 * number)


def _finished(told: Told, number: int, at: datetime | None = None) -> CheckIn:
    at = at or _answered_at(number)
    answers = make_answers(red_flags=told.signs, precautions=told.precautions)
    id = UUID(f"019aaf00-0000-7000-8000-{number:012d}")
    draft = make_draft(answers, id=id, created_at=at, updated_at=at, seen=("before-needles",))
    return finish(draft, at, LIBRARY)


def _received(told: Told, number: int) -> CheckIn:
    if not told.late:
        return _finished(told, number)
    received = _answered_at(number) + timedelta(minutes=told.late, seconds=number)
    one = _finished(told, number, received if told.wrong else None)
    return msgspec.structs.replace(one, received_at=received)


def standing(check_ins: list[CheckIn]) -> frozenset[str]:
    return standing_signs(check_ins, LIBRARY).all_keys


def is_open(check_ins: list[CheckIn]) -> bool:
    found = check_in_for_gate(check_ins, LIBRARY)
    return found is not None and gate(complete_answers(found.answers, LIBRARY), LIBRARY).open


@given(SOME, st.randoms())
def test_by_right_clocks_the_history_is_that_of_the_answering(told, order):
    right = [msgspec.structs.replace(one, wrong=False) for one in told]
    check_ins = kept(right)
    order.shuffle(check_ins)

    assert [one.id for one in newest_first(check_ins)] == [one.id for one in reversed(truly(right))]


@given(SOME)
def test_no_sign_is_hidden_by_when_it_came_in(told):
    assert standing(truly(told)) <= standing(kept(told))


@given(SOME)
def test_what_came_in_last_is_told_whatever_else_there_is(told):
    check_ins = kept(told)
    last = max(check_ins, key=lambda one: one.heard_at)

    assert {f"red_flags:{one}" for one in last.answers.red_flags} <= standing(check_ins)


@given(SOME)
def test_a_gate_that_the_truth_closes_is_not_open(told):
    assert is_open(truly(told)) or not is_open(kept(told))


def test_of_any_three_without_signs_none_opens_a_gate_that_the_truth_closes():
    calm = [one for one in KINDS if not one.signs]

    for told in map(list, product(calm, repeat=3)):
        assert is_open(truly(told)) or not is_open(kept(told)), told


@given(SOME)
def test_for_a_plan_what_nobody_knows_the_day_of_is_gone_through_again(told):
    found = check_in_for_gate(kept(told), LIBRARY)

    assert found is not None
    assert needs_confirming(found, START + timedelta(hours=3), before_plan=True) == found.undated


@given(st.text(max_size=50) | st.integers().map(str) | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat))
def test_whatever_a_phone_says_it_was_neither_later_than_now_nor_years_ago(said):
    found = pressed_at({"acupwa-pressed-at": said}, START)

    assert (found is None) == (said == "")
    if found is not None:
        assert START - KNOWN_FOR <= found.at <= START
        assert found.known or found.at == START


@given(st.timedeltas(timedelta(0), KNOWN_FOR).map(lambda one: timedelta(milliseconds=one // timedelta(milliseconds=1))))
def test_how_long_ago_is_told_alike_by_the_day_and_by_the_time_since(ago):
    by_clock = pressed_at({"acupwa-pressed-at": (START - ago).isoformat()}, START)
    since = pressed_at({"acupwa-pressed-at": str(-(ago // timedelta(milliseconds=1)))}, START)

    assert by_clock == since == PressedAt(START - ago)


@given(st.timedeltas(timedelta(microseconds=1), timedelta(days=9_000)))
def test_of_a_clock_that_is_ahead_only_a_little_is_believed(ahead):
    found = pressed_at({"acupwa-pressed-at": (START + ahead).isoformat()}, START)

    assert found == PressedAt(START, known=ahead <= FAST)
