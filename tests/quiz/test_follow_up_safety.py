"""Nobody gets less urgent advice by the one page of a follow-up: not the forty people, and no combination of ticks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acupwa.library.load import load_library
from acupwa.quiz.completion import change, finish
from acupwa.quiz.follow_up import carried_over
from acupwa.quiz.forms import read_screen
from acupwa.quiz.model import FOLLOW_UP, Answers, CheckIn
from acupwa.quiz.safety import URGENCIES, derive, strictest
from acupwa.web.forms import FormData
from tests.quiz.test_forty_people import PEOPLE
from tests.support.answers import make_answers, make_draft

LIBRARY = load_library()
SIGNS = list(LIBRARY.red_flags)
PRECAUTIONS = [one.id for one in LIBRARY.precautions.values() if one.asked and not one.asked_for_others]
LASTING = [one for one in PRECAUTIONS if not LIBRARY.precautions[one].passing]
CONDITIONS = [one for one in LIBRARY.conditions if one != "none-yet"]
SIGN_GROUPS = [one.id for one in LIBRARY.quiz.flag_groups]
GROUPS = [*SIGN_GROUPS, *(one.id for one in LIBRARY.quiz.precaution_groups)]
some = st.lists(st.sampled_from(SIGNS), max_size=3, unique=True)


def follow_up_of(previous: Answers) -> CheckIn:
    draft = make_draft(carried_over(previous, LIBRARY), variant="follow-up")
    return replace(draft, confirmed_at=draft.created_at)


def ended(draft: CheckIn, fields: dict[str, object]) -> CheckIn:
    read = read_screen(FOLLOW_UP, FormData.of(fields), draft, LIBRARY)
    changed = change(replace(draft, seen=(FOLLOW_UP,)), read, draft.updated_at, LIBRARY)
    return finish(changed, draft.updated_at, LIBRARY)


def rank(urgency: str | None) -> int:
    """The smaller, the more urgent."""
    return URGENCIES.index(urgency) if urgency in URGENCIES else len(URGENCIES)


def old_forms(draft: CheckIn, signs: list[str], groups: list[str]) -> str:
    """What the four screens made of the same ticks: the signs, beside what was taken over."""
    answers = replace(draft.answers, red_flags=tuple(signs), groups=(*draft.answers.groups, *groups))
    return strictest(derive(answers, LIBRARY).flag_ids, LIBRARY)


@pytest.mark.parametrize("who", [who for who, told in PEOPLE.items() if "none-yet" not in told[0]["conditions"]])
def test_each_of_the_forty_gets_their_urgency_by_the_follow_up_too(who: str):
    """What lasts was told before; what passes is ticked now, under an infection."""
    told, urgency, signs = PEOPLE[who]
    lasting = tuple(one for one in told["precautions"] if one in LASTING)
    previous = make_answers(
        age_band=told["age_band"], conditions=tuple(told["conditions"]), precautions=lasting, ratings={"pain": 2}
    )
    fields = {"red_flags": told["red_flags"], "precautions": told["precautions"], "still_true": "yes"}
    none = {} if told["red_flags"] else {"none_right_now": "1"}

    finished = ended(follow_up_of(previous), {**fields, **none})

    assert finished.urgency == urgency
    assert derive(finished.answers, LIBRARY).flag_ids == tuple(signs.split())


@given(
    st.lists(st.sampled_from(CONDITIONS), min_size=1, unique=True),
    st.lists(st.sampled_from(LASTING), max_size=4, unique=True),
    some,
    st.lists(st.sampled_from(SIGN_GROUPS), max_size=2, unique=True),
)
def test_no_ticks_give_less_urgency_than_the_forms_before_gave(conditions, precautions, signs, groups):
    draft = follow_up_of(make_answers(conditions=tuple(conditions), precautions=tuple(precautions)))
    within = {LIBRARY.red_flags[sign].group for sign in signs}
    alone = [group for group in groups if group not in within]
    if any(LIBRARY.quiz.flag_groups[SIGN_GROUPS.index(group)].lately_of for group in groups):
        return

    finished = ended(draft, {"red_flags": signs, "groups": groups})

    assert rank(finished.urgency) <= rank(old_forms(draft, signs, alone))


@given(some, st.lists(st.sampled_from(PRECAUTIONS), max_size=4, unique=True), st.lists(st.sampled_from(GROUPS)))
def test_one_more_tick_before_needles_never_makes_anything_milder(signs, precautions, groups):
    """Until the person says that the list is right, ticks add to it and none takes off."""
    draft = follow_up_of(make_answers(precautions=("methotrexate-dmard", "no-spleen")))
    told = {"red_flags": signs, "groups": groups}

    without, with_more = ended(draft, told), ended(draft, told | {"precautions": precautions})

    assert rank(with_more.urgency) <= rank(without.urgency)
    assert {"methotrexate-dmard", "no-spleen"} <= set(with_more.answers.precautions)


@given(some)
def test_a_sign_counts_with_none_of_these_beside_it_and_the_page_comes_back(signs):
    draft = follow_up_of(make_answers())

    read = read_screen(FOLLOW_UP, FormData.of({"red_flags": signs, "none_right_now": "1"}), draft, LIBRARY)

    assert set(read.answers.red_flags) == set(signs)
    assert [error.field for error in read.errors] == (["red_flags"] if signs else [])
