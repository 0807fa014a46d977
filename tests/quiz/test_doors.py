"""Danger signs and precautions stand behind doors: one row a group, with all that is in it to be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.forms import read_one_page
from acupwa.quiz.groups import signs_in
from acupwa.quiz.rules import flags_lately, flags_right_now, precautions_asked
from acupwa.quiz.safety import URGENCIES, derive, strictest
from acupwa.quiz.screen_page import screen_page
from acupwa.web.forms import FormData
from tests.quiz.test_forty_people import PEOPLE
from tests.support.answers import make_answers, make_draft, read
from tests.support.content_ids import FLAG_GROUPS, PRECAUTION_GROUPS, PRECAUTIONS, RED_FLAGS
from tests.support.html_page import Page
from tests.support.people import RA, fill

CONDITIONS = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia")
TICKS = st.fixed_dictionaries(
    {
        "conditions": st.sets(st.sampled_from(CONDITIONS), min_size=1, max_size=3),
        "red_flags": st.sets(st.sampled_from(sorted(RED_FLAGS)), max_size=3),
        "groups": st.sets(st.sampled_from([*FLAG_GROUPS, *PRECAUTION_GROUPS]), max_size=4),
        "precautions": st.sets(st.sampled_from(sorted(PRECAUTIONS)), max_size=4),
    }
)
SCREENS = ("right-now", "lately", "before-needles")


def questions(screen, library, **answers):
    return screen_page(make_draft(make_answers(**answers)), screen, library).questions


def through_forms(ticks, library, screens=SCREENS):
    """The answers after the three screens were posted, each with the same ticks, as far as it takes them."""
    answers = make_answers(conditions=tuple(sorted(ticks["conditions"])))
    for screen in screens:
        last = screen == "before-needles"
        name, groups = ("precautions", PRECAUTION_GROUPS) if last else ("red_flags", FLAG_GROUPS)
        fields = {name: sorted(ticks[name]), "groups": [one for one in groups if one in ticks["groups"]]}
        answers = read(screen, library, fields, answers).answers
    return answers


def how_urgent(answers, library):
    return (*URGENCIES, "none").index(strictest(derive(answers, library).flag_ids, library))


# ------------------------------------------------------------------ what stands on the page


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_sign_that_is_asked_stands_behind_one_door(library, condition, screen):
    answers = make_answers(conditions=(condition,))
    asked = {
        "right-now": flags_right_now(library),
        "lately": flags_lately(answers, library),
        "before-needles": precautions_asked(answers, library),
    }[screen]
    groups = questions(screen, library, conditions=(condition,)).groups
    inside = [one.short for group in groups for one in (group.options if screen == "before-needles" else group.signs)]

    assert sorted(inside) == sorted(one.short for one in asked)
    assert 5 <= len(groups) <= 9
    assert not any(group.ticked for group in groups)


def test_a_group_of_the_second_screen_holds_no_emergency(library):
    for group in questions("lately", library).groups:
        assert group.urgency != "emergency-now"
        assert not [flag for flag in signs_in(group.id, library) if flag.urgency == "emergency-now"]


def test_what_to_do_for_a_group_is_that_of_its_strictest_sign(library):
    groups = {group.id: group for group in questions("right-now", library).groups}

    assert {group.urgency for group in groups.values()} == {"emergency-now"}
    assert all(group.phones and "Call the emergency number now" in group.do for group in groups.values())
    assert "crisis" in {one.kind for one in groups["mind"].phones}


@pytest.mark.parametrize(
    ("screen", "given"),
    [
        ("lately", {"red_flags": ("shingles",)}),
        ("lately", {"groups": ("skin",)}),
        ("before-needles", {"unsure": ("numb-skin",)}),
        ("before-needles", {"precautions": ("numb-skin",)}),
        ("before-needles", {"groups": ("your-skin",)}),
    ],
)
def test_a_door_stays_open_with_what_is_ticked_behind_it(library, screen, given):
    ticked = [group.id for group in questions(screen, library, **given).groups if group.ticked]

    assert ticked == ["your-skin" if screen == "before-needles" else "skin"]


def test_a_precaution_is_ticked_by_its_name_and_what_that_does_not_say_is_one_tap_away(client, library):
    page = Page(client.get(f"{fill(client, RA, until='before-needles')}/before-needles").text)
    ticks = {one.attrs["value"]: one for one in page.all("input") if one.attrs.get("name") == "precautions"}
    asked = precautions_asked(make_answers(conditions=("ra",)), library)

    assert sorted(ticks) == sorted(one.id for one in asked)
    for one in asked:
        row = ticks[one.id].parent
        folds = row.parent.inside("details")
        assert row.words == one.short
        assert [fold for fold in folds if "open" in fold.attrs] == (folds if one.names else [])
        assert bool(folds) is not one.short_says_all
        for fold in folds:
            assert one.question in fold.words
            assert one.names in fold.words
            assert one.short in fold.inside("summary")[0].words, "heard apart, it says whose"


def test_medicines_by_name_stand_open_and_say_to_tick_it_when_not_sure(client, library):
    named = [one for one in library.precautions.values() if one.names]
    page = Page(client.get(f"{fill(client, RA, until='before-needles')}/before-needles").text)
    folds = {fold.inside("p")[0].words: fold for fold in page.all("details") if fold.attrs.get("class") == "door-full"}

    assert named
    for one in named:
        assert "open" in folds[one.question].attrs
        assert "Not sure? Tick it." in folds[one.question].words


# ------------------------------------------------------------------ what a tick means


@pytest.mark.parametrize("group", FLAG_GROUPS)
@pytest.mark.parametrize("screen", ["right-now", "lately"])
def test_a_group_ticked_alone_counts_as_its_strictest_sign(library, screen, group):
    taken = read(screen, library, {"groups": group}, make_answers())

    assert (taken.errors, taken.answers.groups) == ((), (group,))
    assert strictest(derive(taken.answers, library).flag_ids, library) == next(
        urgency for urgency in URGENCIES if urgency in {flag.urgency for flag in signs_in(group, library)}
    )


@given(TICKS)
def test_no_tick_behind_a_door_says_less_than_the_sign_itself(library, ticks):
    by_forms = through_forms(ticks, library)
    itself = make_answers(
        conditions=tuple(ticks["conditions"]),
        red_flags=tuple(ticks["red_flags"]),
        precautions=tuple(one for one in ticks["precautions"] if one in by_forms.precautions),
    )

    assert set(ticks["red_flags"]) <= set(by_forms.red_flags)
    assert how_urgent(by_forms, library) <= how_urgent(itself, library)


@given(TICKS, st.sampled_from(FLAG_GROUPS))
def test_a_row_that_is_not_sent_with_what_is_inside_takes_nothing_away(library, ticks, group):
    without = through_forms({**ticks, "groups": ()}, library)
    with_row = through_forms({**ticks, "groups": ticks["groups"] | {group}}, library)

    assert how_urgent(with_row, library) <= how_urgent(without, library)


# ------------------------------------------------------------------ forty people


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_each_of_the_forty_gets_their_urgency_by_forms_too(library, who):
    told, urgency, signs = PEOPLE[who]
    ticks = {name: set(told[name]) for name in ("conditions", "red_flags", "precautions")}
    behind = {group for group in FLAG_GROUPS if ticks["red_flags"] & {flag.id for flag in signs_in(group, library)}}
    behind |= {library.precautions[one].group for one in ticks["precautions"]}

    for rows in (set(), behind):
        answers = through_forms({**ticks, "groups": rows}, library)
        found = derive(answers, library).flag_ids
        assert (strictest(found, library), set(found)) == (urgency, set(signs.split())), rows
    unsaid = through_forms({**ticks, "red_flags": set(), "precautions": set(), "groups": behind}, library)
    assert set(signs.split()) <= set(derive(unsaid, library).flag_ids)


def test_all_on_one_page_the_door_of_emergencies_stays_whatever_less_urgent_was_chosen(library):
    """The first screen asks for emergencies and the third for the others: each has its own door of the same group."""
    for group in (one for one in library.quiz.flag_groups if one.lately_of):
        inside = signs_in(group.id, library)[0].id
        read = read_one_page(FormData.of({"groups": [group.lately_of, group.id], "red_flags": inside}), library)

        assert read.answers.groups == (group.lately_of,), "the other door has something chosen inside"
        assert strictest(derive(read.answers, library).flag_ids, library) == "emergency-now"
