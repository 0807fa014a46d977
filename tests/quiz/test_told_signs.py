"""What is told after a session reaches the check-in: whatever is known and whatever is open, no sign of it is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.library.load import load_library
from acupwa.planner.gate import gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.completion import finish
from acupwa.quiz.follow_up import carried_over
from acupwa.quiz.model import Answers
from acupwa.quiz.safety import derive
from acupwa.quiz.standing_signs import signs_of, standing_signs, with_help, with_unended
from acupwa.quiz.told_signs import ToldSigns, raised_by, with_told
from tests.today.people import at, draft, finished

LIBRARY = load_library()
FLAGS = sorted(LIBRARY.red_flags)
PRECAUTIONS = sorted(LIBRARY.precautions)
PAUSES = [one.precaution for one in LIBRARY.guidance.pauses if one.precaution]
NEEDLES = sorted(one.id for one in LIBRARY.red_flags.values() if one.group == "after-needles")


def some(ids: list[Any], most: int = 4) -> Any:
    return st.lists(st.sampled_from(ids), unique=True, max_size=most).map(tuple)


told_signs = st.builds(
    ToldSigns, red_flags=some(NEEDLES), groups=st.sampled_from([(), ("after-needles",)]), precautions=some(PAUSES)
)
conditions = st.sampled_from([("ra",), ("hashimoto",), ("psoriasis",), ("sle", "hashimoto")])
known = st.builds(
    lambda **given: finished(0, **given), conditions=conditions, precautions=some(PRECAUTIONS), unsure=some(PRECAUTIONS)
)
opened = st.builds(
    lambda **given: draft(1, **given), conditions=conditions, precautions=some(PRECAUTIONS, 2),
    red_flags=some(FLAGS, 2),
)  # fmt: skip


@settings(max_examples=300)
@given(told_signs, known, opened)
def test_it_stands_on_today_closes_the_gate_and_is_in_the_check_in(told, before, begun):
    last = carried_over(before.answers, LIBRARY)
    after = with_told(begun, told, last, at(2), LIBRARY)
    made = raised_by(told, last, begun.answers, LIBRARY)

    assert set(told.red_flags) <= set(after.answers.red_flags)
    assert set(told.groups) <= set(after.answers.groups)
    assert set(told.precautions) <= set(after.answers.precautions)
    assert set(signs_of(begun, LIBRARY)) <= set(signs_of(after, LIBRARY)), "nothing is taken off"
    stands = standing_signs((after, before), LIBRARY)
    assert set(made) <= stands.all_keys
    assert bool(made) or not (told.red_flags or told.groups)
    if made:
        found = with_unended(before, (after, before), LIBRARY)
        assert not gate(complete_answers(found.answers, LIBRARY), LIBRARY).open


@settings(max_examples=300)
@given(told_signs, known)
def test_it_is_as_urgent_as_if_it_had_been_ticked_in_a_check_in(told, before):
    """Whatever a follow-up would derive from the same ticks stands too, in a full one that has asked nothing yet."""
    last = carried_over(before.answers, LIBRARY)
    ticked = replace(
        last, red_flags=told.red_flags, groups=(*last.groups, *told.groups),
        precautions=tuple(dict.fromkeys((*last.precautions, *told.precautions))),
        unsure=tuple(one for one in last.unsure if one not in told.precautions),
    )  # fmt: skip
    empty = replace(draft(1), answers=Answers())
    after = with_told(empty, told, last, at(2), LIBRARY)
    news = {one.id for one in derive(ticked, LIBRARY).red_flags} - {one.id for one in derive(last, LIBRARY).red_flags}

    standing = {one.id for one in standing_signs((after, before), LIBRARY).raised}

    assert news <= standing | {one.id for one in standing_signs((before,), LIBRARY).raised}


@settings(max_examples=100)
@given(told_signs, known, opened)
def test_told_again_after_help_it_stands_anew_and_twice_is_once(told, before, begun):
    last = carried_over(before.answers, LIBRARY)
    once = with_told(begun, told, last, at(2), LIBRARY)
    made = set(raised_by(told, last, begun.answers, LIBRARY))

    again = with_told(with_help(once, at(3), LIBRARY), told, last, at(4), LIBRARY)

    assert made <= standing_signs((again,), LIBRARY).all_keys
    twice = with_told(once, told, last, at(4), LIBRARY)
    assert (twice.answers, twice.taken_over) == (once.answers, once.taken_over)


@settings(max_examples=100)
@given(told_signs, known)
def test_a_check_in_finished_without_it_ends_it(told, before):
    last = carried_over(before.answers, LIBRARY)
    after = with_told(replace(draft(1), answers=Answers()), told, last, at(2), LIBRARY)
    calm = finish(replace(after, answers=Answers(conditions=("ra",))), at(2) + timedelta(hours=1), LIBRARY)
    assert not standing_signs((calm,), LIBRARY).told_in


def test_what_changed_before_needles_is_gone_through_again():
    begun = replace(draft(1), variant="follow-up", confirmed_at=at(0))
    assert with_told(begun, ToldSigns(precautions=("pregnancy",)), Answers(), at(2), LIBRARY).confirmed_at is None
    assert with_told(begun, ToldSigns(red_flags=(NEEDLES[0],)), Answers(), at(2), LIBRARY).confirmed_at == at(0)
