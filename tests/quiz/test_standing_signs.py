"""Which danger signs stand, and what ends one: a newer check-in without it or help, never time, never a draft."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.person.service import make_person
from acupwa.planner.gate import gate
from acupwa.planner.safety import complete_answers
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.completion import change, finish
from acupwa.quiz.help_service import note_help
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.safety import derive
from acupwa.quiz.service import list_check_ins, put_check_ins
from acupwa.quiz.standing_signs import in_place_of, standing_signs, with_help
from tests.support.answers import make_answers, make_draft
from tests.support.codes import NEWCOMER
from tests.support.people import RA, fill, on_screen

LIBRARY = load_library()
START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SEPTIC, CORD = "septic-joint", "cauda-equina"
replace = msgspec.structs.replace


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def draft(day: int, *signs: str, **answers: object) -> CheckIn:
    id = UUID(f"019aaf00-0000-7000-8000-{day:012d}")
    return make_draft(make_answers(red_flags=signs, **answers), id=id, created_at=at(day), updated_at=at(day))


def finished(day: int, *signs: str, **answers: object) -> CheckIn:
    return finish(draft(day, *signs, **answers), at(day), LIBRARY)


def standing(*check_ins: CheckIn) -> list[str]:
    return [one.id for one in standing_signs(check_ins, LIBRARY).raised]


def test_a_sign_of_a_finished_check_in_stands_until_a_newer_one_without_it():
    told = finished(1, SEPTIC)

    assert standing(told) == [SEPTIC]
    assert standing(told, finished(2, SEPTIC)) == [SEPTIC]
    assert standing(told, finished(2, SEPTIC), finished(3)) == []
    assert standing(finished(0), told) == [SEPTIC]


def test_a_sign_of_a_draft_stands_and_a_draft_without_it_ends_none():
    assert standing(draft(1, SEPTIC)) == [SEPTIC]
    assert standing(finished(0), draft(1, SEPTIC)) == [SEPTIC]
    assert standing(finished(1, SEPTIC), draft(2)) == [SEPTIC]
    assert standing(draft(1, SEPTIC), finished(2)) == []


def test_a_newer_check_in_with_another_sign_ends_the_first_alone():
    assert standing(finished(1, SEPTIC), finished(2, "fever-on-immunosuppressant")) == ["fever-on-immunosuppressant"]


def test_a_sign_that_is_ticked_in_an_older_check_in_later_on_stands():
    edited = replace(finished(1, SEPTIC), updated_at=at(3))

    assert standing(edited, finished(2)) == [SEPTIC]


def test_a_derived_sign_and_a_group_stand_too():
    assert standing(finished(1, precautions=("hot-swollen-joint",))) == [SEPTIC]
    for group in LIBRARY.quiz.flag_groups:
        found = standing_signs([finished(1, groups=(group.id,))], LIBRARY).raised
        assert {one.id for one in found} == {one.id for one in LIBRARY.red_flags.values() if one.group == group.id}


@pytest.mark.parametrize("answers", [{"red_flags": ("old-sign",)}, {"groups": ("old-group",)}])
def test_a_sign_without_words_any_more_stands(answers):
    told = replace(draft(1), answers=make_answers(**answers))

    found = standing_signs([told], LIBRARY)

    assert (found.raised, found.retired, found.told_in) == ((), True, (told,))


def test_help_ends_it_and_a_new_tick_raises_it_again():
    helped = with_help(finished(1, SEPTIC), at(2), LIBRARY)

    assert standing(helped) == []
    assert helped.had_help_at == at(2)
    assert standing(helped, finished(3, SEPTIC)) == [SEPTIC]
    assert standing(helped, draft(3, SEPTIC)) == [SEPTIC]


def test_help_does_not_last_over_taking_a_sign_off_and_ticking_it_again():
    helped = with_help(finished(1, SEPTIC), at(2), LIBRARY)
    off = change(helped, FormAnswers(answers=replace(helped.answers, red_flags=())), at(3), LIBRARY)
    again = change(off, FormAnswers(answers=helped.answers), at(4), LIBRARY)
    other = change(helped, FormAnswers(answers=replace(helped.answers, red_flags=(SEPTIC, CORD))), at(3), LIBRARY)

    assert standing(off) == []
    assert standing(again) == [SEPTIC]
    assert standing(other) == [CORD]


def test_help_opens_no_plan():
    helped = with_help(finished(1, SEPTIC), at(2), LIBRARY)

    assert not gate(complete_answers(helped.answers, LIBRARY), LIBRARY).open


def test_a_draft_that_goes_leaves_its_signs_to_the_one_in_its_place():
    new = in_place_of(draft(1, SEPTIC), draft(2), LIBRARY)
    helped = with_help(new, at(3), LIBRARY)

    assert standing(new) == [SEPTIC]
    assert standing(in_place_of(new, draft(3), LIBRARY)) == [SEPTIC]
    assert standing(finish(new, at(3), LIBRARY)) == []
    assert standing(helped) == standing(in_place_of(helped, draft(4), LIBRARY)) == []


signs = st.lists(st.sampled_from(list(LIBRARY.red_flags)), unique=True, max_size=3).map(tuple)
groups = st.lists(st.sampled_from([one.id for one in LIBRARY.quiz.flag_groups]), unique=True, max_size=1).map(tuple)


@st.composite
def lives(draw: st.DrawFn) -> list[CheckIn]:
    made = [finished(day, *draw(signs), groups=draw(groups)) for day in range(draw(st.integers(0, 4)))]
    return [*made, draft(9, *draw(signs), groups=draw(groups))] if draw(st.booleans()) else made


@given(lives())
def test_all_of_the_newest_and_of_the_draft_stand_and_none_that_neither_tells(life):
    newest = [one for one in life if one.finished][-1:]
    counting = {one.id: one for one in (*newest, *(one for one in life if not one.finished))}
    told = {flag for one in counting.values() for flag in derive(one.answers, LIBRARY).flag_ids}

    found = standing_signs(life, LIBRARY)

    assert {one.id for one in found.raised} == told
    assert bool(found.told_in) == bool(told)


@given(lives())
def test_after_help_none_stands(life):
    helped = [with_help(one, at(20), LIBRARY) for one in life]

    assert standing_signs(helped, LIBRARY).told_in == ()


def test_help_is_kept_once_for_all_that_tell_of_a_sign(database, clock):
    person = database.work(lambda db, now: make_person(db, now, NEWCOMER))[0].id
    clock.now = at(5)
    database.work(put_check_ins, person, [finished(0, CORD), finished(1, SEPTIC), draft(2, SEPTIC)])

    assert database.work(note_help, person, LIBRARY) is True
    clock.now = at(6)
    assert database.work(note_help, person, LIBRARY) is False

    kept = database.work(list_check_ins, person)
    assert [one.had_help_at for one in kept] == [at(5), at(5), None]
    assert standing_signs(kept, LIBRARY).told_in == ()
    assert kept[2].answers == Answers(**msgspec.structs.asdict(make_answers(red_flags=(CORD,))))


def test_starting_again_takes_no_danger_sign_with_it(client):
    place = fill(client, RA, until="lately")
    client.post(f"{place}/lately", on_screen("lately", RA | {"none_lately": "", "red_flags": [SEPTIC]}))

    consents = len(client.get("/me/export.json").json()["consents"])

    client.post("/quiz", {"start": "1", "again": "1"})

    export = client.get("/me/export.json").json()
    (kept,) = export["check_ins"]
    assert len(export["consents"]) == consents + 1
    assert kept["answers"].get("red_flags") is None
    assert kept["taken_over"] == [f"red_flags:{SEPTIC}"]
