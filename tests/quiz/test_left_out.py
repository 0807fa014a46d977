"""What a person told is kept, or they hear that it is not: on one page, on a screen, and when other answers change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.quiz.forms import read_one_page
from acupwa.quiz.left_out import left_out, left_out_lines
from acupwa.quiz.rules import complete
from acupwa.web.forms import FormData
from tests.quiz.test_order import kept
from tests.support.answers import make_answers, make_draft
from tests.support.people import PSORIASIS_SKIN, RA, fill, finish_check_in, on_screen, without_empty

ABOUT = {"age_band": "40-64", "conditions": ["ra"]}
NOT_ASKED = "This question does not fit the other answers."


def send(client, **fields):
    return client.post("/quiz/whole", {**ABOUT, **fields})


# ------------------------------------------------------------------ on one page


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ratings.itch": "5"}, "ratings.itch"),
        ({"ratings.itch": "skip"}, "ratings.itch"),
        ({"ratings.walking": "0"}, "ratings.walking"),
        ({"ratings.pain": "5", "ratings.activity": "3"}, "ratings.activity"),
        ({"precautions": ["fainting", "active-organ-lupus"]}, "precautions"),
        ({"precautions": "children"}, "precautions"),
        ({"main_symptom": "itch"}, "main_symptom"),
        ({"age_band": "under-16", "ratings.fatigue": "5"}, "ratings.fatigue"),
        ({"age_band": "under-16", "instruments.peg": "[5, 4, 3]"}, "instruments.peg"),
        ({"age_band": "under-16", "instruments.phq4.2": "3"}, "instruments.phq4.2"),
        ({"conditions": "none-yet", "precautions": "fainting"}, "precautions"),
        ({"conditions": "none-yet", "stopping_medicine": "yes"}, "stopping_medicine"),
        ({"conditions": "none-yet", "problem_words": "sore knees"}, "problem_words"),
        ({"conditions": "none-yet", "sessions_since": "0"}, "sessions_since"),
        ({"conditions": "none-yet", "note": "a bad week"}, "note"),
        ({"variant": "follow-up", "ratings.itch": "5"}, "ratings.itch"),
    ],
)
def test_an_answer_that_does_not_go_with_the_others_is_named(client, fields, name):
    answer = send(client, **fields)

    assert answer.status_code == 422
    assert f"<code>{name}</code>: {NOT_ASKED}" in answer.text
    assert answer.text.count(NOT_ASKED) == 1
    assert client.get("/me/export.json").status_code == 404


def test_a_sign_of_any_condition_and_any_age_is_kept_and_acted_on(client, library):
    for age in ("under-16", "40-64"):
        for condition in library.conditions:
            phone = client.another()
            answer = send(phone, age_band=age, conditions=condition, red_flags=list(library.red_flags))
            assert answer.status_code == 303
            assert set(kept(phone)["red_flags"]) == set(library.red_flags)
            assert "emergency-now" in phone.follow(answer).text


def test_a_precaution_that_raises_a_sign_or_that_the_age_adds_is_no_fault(client):
    assert send(client, conditions="none-yet", precautions="hot-swollen-joint").status_code == 303
    assert kept(client)["precautions"] == ["hot-swollen-joint"]
    assert send(client.another(), age_band="16-17", precautions="children").status_code == 303


def test_a_sign_that_stands_is_never_refused_for_another_answer(client):
    for phone, told in (
        (client, {"red_flags": "septic-joint", "ratings.itch": "5"}),
        (
            client.another(),
            {"conditions": "none-yet", "precautions": ["no-spleen", "fever-or-infection-now"], "note": "x"},
        ),
    ):
        assert send(phone, **told).status_code == 303
        assert kept(phone)


@given(data=st.data())
def test_each_answer_is_kept_or_named(library, data):
    def some(of, most=3):
        return data.draw(st.lists(st.sampled_from(sorted(of)), unique=True, max_size=most))

    fields = {
        "age_band": data.draw(st.sampled_from(["under-16", "16-17", "40-64"])),
        "conditions": data.draw(st.sampled_from([["none-yet"], ["ra"], ["psoriasis", "ms"], ["other"]])),
        "red_flags": some(library.red_flags),
        "precautions": some(library.precautions),
        "main_symptom": some(library.ratings, 1),
        **{f"ratings.{key}": data.draw(st.sampled_from(["0", "7", "skip"])) for key in some(library.ratings)},
        **{f"instruments.phq4.{n}": "1" for n in some((1, 2, 3, 4))},
        **{f"instruments.peg.{n}": "0" for n in some((2, 3))},
        **dict.fromkeys(some(("problem_words", "activity_words", "note")), "words"),
        **dict.fromkeys(some(("sessions_since",)), "0"),
        **dict.fromkeys(some(("stopping_medicine",)), "no"),
    }
    read = read_one_page(FormData.of(without_empty(fields)), library)
    told, done = read.answers, complete(read.answers, read.open_items, library)
    named = left_out(told, read.open_items, library)

    lost = {f"ratings.{key}" for key in told.ratings if key not in done.ratings}
    lost |= {key for key in ("main_symptom", "problem_words", "activity_words", "note", "sessions_since", "stopping_medicine")
             if getattr(told, key) is not None and getattr(told, key) != getattr(done, key)}  # fmt: skip
    assert lost <= {*named}
    assert done.red_flags == told.red_flags
    assert "red_flags" not in named
    assert not [name for name in named if name.startswith("instruments.") and name.split(".")[1] in done.instruments]
    draft = make_draft(told, open_items=read.open_items)
    assert [line.key for line in left_out_lines(draft, library)] == [*named]
    assert left_out(done, read.open_items, library) == ()


# ------------------------------------------------------------------ screen by screen


@pytest.mark.parametrize(
    ("screen", "fields", "words"),
    [
        ("ratings", {"ratings.itch": "5"}, "Itch"),
        ("before-needles", {"precautions": ["anticoagulants", "active-organ-lupus"]}, "lupus"),
        ("what-matters", {"main_symptom": "itch"}, "Itch"),
    ],
)
def test_a_page_that_was_opened_before_the_conditions_changed_is_told(client, screen, fields, words):
    place = fill(client, RA, until=screen)
    before = kept(client)

    page = client.post(f"{place}/{screen}", {**on_screen(screen, RA), **fields})

    assert page.status_code == 422
    assert "no longer fits your other answers" in page.text
    assert words in page.text
    assert kept(client) == before
    assert client.post(f"{place}/{screen}", on_screen(screen, RA)).status_code == 303


def test_whoever_changes_the_condition_reads_what_will_be_left_out_before_they_finish(client):
    place = fill(client, PSORIASIS_SKIN)
    assert "will be left out" not in client.get(f"{place}/review").text

    client.post(f"{place}/about-you", {**on_screen("about-you", RA)})
    for screen in ("lately", "ratings", "before-needles"):
        client.post(f"{place}/{screen}", MARKS[screen])
    page = client.get(f"{place}/review").text

    own = page[page.index("Answers that will be left out") :]
    for words in ("6 of 10", "8 of 10", "Closest match"):
        assert words in own, words
    assert kept(client)["ratings"]["itch"] == 6
    client.post(f"{place}/about-you", {**on_screen("about-you", PSORIASIS_SKIN)})
    assert "will be left out" not in client.get(f"{place}/review").text


MARKS = {"lately": {"none_lately": "1"}, "ratings": {}, "before-needles": {"none_before_needles": "1"}}


def test_a_precaution_that_the_screen_does_not_show_is_not_unticked_by_it(client):
    place = fill(client, PSORIASIS_SKIN)
    client.post(f"{place}/about-you", on_screen("about-you", RA))

    client.post(f"{place}/before-needles", {"none_before_needles": "1"})
    page = client.get(f"{place}/review").text

    assert kept(client)["precautions"] == ["psoriasis-plaque"]
    assert "Answers that will be left out" in page
    client.post(f"{place}/about-you", on_screen("about-you", PSORIASIS_SKIN))
    assert kept(client)["precautions"] == ["psoriasis-plaque"]


def test_a_sign_of_a_condition_that_was_unticked_stays_and_is_shown(client):
    place = fill(client, PSORIASIS_SKIN)
    client.post(f"{place}/lately", {"red_flags": "psoriatic-arthritis"})
    client.post(f"{place}/about-you", on_screen("about-you", RA))

    assert 'value="psoriatic-arthritis" checked' in client.get(f"{place}/lately").text
    for screen, fields in {"ratings": {}, "before-needles": {"none_before_needles": "1"}}.items():
        client.post(f"{place}/{screen}", fields)
    client.post(f"{place}/lately", {"red_flags": "psoriatic-arthritis"})
    assert client.post(f"{place}/finish").status_code == 303
    assert kept(client)["red_flags"] == ["psoriatic-arthritis"]


def test_a_finished_check_in_says_beforehand_what_unticking_a_condition_does(client):
    place = f"/quiz/{finish_check_in(client)}"

    assert "answers that were only about that condition are removed" in client.get(f"{place}/about-you").text
    assert "answers that were only about that condition" not in client.get(f"{place}/ratings").text


# ------------------------------------------------------------------ the start


@pytest.mark.parametrize("name", ["red_flags", "conditions", "ratings.pain", "note", "time-zone", "version"])
@pytest.mark.parametrize("variant", ["full", "follow-up"])
def test_the_buttons_that_begin_take_no_answers(client, name, variant):
    finish_check_in(client)

    answer = client.post("/quiz", {"variant": variant, "again": "1", name: "1"})

    assert answer.status_code == 422
    assert f"<code>{name}</code>" in answer.text
    assert len(client.get("/me/export.json").json()["check_ins"]) == 1


def test_make_answers_is_whole(library):
    assert left_out(make_answers(), (), library) == ()
