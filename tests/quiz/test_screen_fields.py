"""Each screen takes the fields that it asks for, in its check-in, and no other: what it does not ask for is named."""

from __future__ import annotations

import re

import pytest

from acupwa.quiz.forms import quiz_fields, read_screen, screen_fields
from acupwa.quiz.model import FOLLOW_UP as FOLLOW_UP_PAGE
from acupwa.quiz.model import FOLLOW_UP_SCREENS, IMPRESSION, MOOD, PEG, SCREENS, SINCE, STAMP_FIELDS, Answers
from acupwa.quiz.screens.registry import FOLLOW_UP, FULL
from acupwa.web.forms import FormData
from tests.quiz.test_order import FOLLOW_UP_ANSWERS, follow_up, kept
from tests.quiz.test_pages import FIELDS, begin, go_through
from tests.support.answers import make_answers, make_draft
from tests.support.people import MS_BY_CARER, PSORIASIS_SKIN, RA, answer_quiz, fill

ANSWER = {
    "red_flags": "septic-joint",
    "conditions": "ra",
    "precautions": "pregnancy",
    "unsure": "heart-valve",
    "groups": "skin",
    "side_effects": "tired",
    "changed_since": "flare",
    "age_band": "40-64",
    "answering_for": "myself",
    "country": "GB",
    "main_symptom": "pain",
    "acupuncture_before": "no",
    "stopping_medicine": "yes",
    "problem_words": "knees",
    "activity_words": "stairs",
    "note": "slept badly",
    "instruments.peg": "[1, 2, 3]",
    "instruments.phq4": "[1, 1, 1, 1]",
}
SAYS_ONLY_THAT_ALL_IS_RIGHT = "still_true"
NAMES = re.compile(r'name="([\w.-]+)"')
FORM = re.compile(r'<form class="quiz-form".*?</form>', re.DOTALL)


def told(answer, name):
    assert answer.status_code == 422, (name, answer.status_code)
    assert f"<code>{name}</code>" in answer.text, name


def sendable(library):
    """An answer to every field of the quiz, as good as any."""
    return {name: ANSWER.get(name, "1") for name in quiz_fields(library)}


def asked(client):
    return tuple(client.get("/me/export.json").json()["check_ins"][0]["asks"])


def fields_on(page):
    return set(NAMES.findall(FORM.search(page)[0]))


@pytest.mark.parametrize("way", ["", "/draft", "/pause"])
@pytest.mark.parametrize("screen", SCREENS[:-1])
def test_a_field_of_another_screen_is_named_and_nothing_is_kept(client, library, screen, way):
    place = begin(client)
    go_through(client, place, until=screen)
    before = kept(client)
    own = screen_fields(screen, make_draft(), library)
    assert len(sendable(library)) > 40

    for name, value in sendable(library).items():
        if name not in own:
            told(client.post(f"{place}/{screen}{way}", {**FIELDS[screen], name: value}), name)

    assert kept(client) == before
    assert client.post(f"{place}/{screen}", FIELDS[screen]).status_code == 303


def test_so_it_is_in_a_follow_up_which_asks_less(client, library):
    place = follow_up(client)
    own = screen_fields(FOLLOW_UP_PAGE, make_draft(variant="follow-up", asks=asked(client)), library)
    before = kept(client)

    for name, value in sendable(library).items():
        if name not in own:
            told(client.post(place, {**FOLLOW_UP_ANSWERS, name: value}), name)

    assert kept(client) == before
    assert "ratings.itch" not in own


def test_what_is_refused_on_one_screen_is_taken_on_its_own(client):
    place = begin(client)
    go_through(client, place, until="ratings")

    page = client.post(f"{place}/ratings", {"ratings.fatigue": "5", "red_flags": "septic-joint"})
    told(page, "red_flags")
    assert "septic-joint" in page.text
    assert "not asked on this screen" in page.text
    assert client.post(f"{place}/lately", {"red_flags": "septic-joint"}).status_code == 303

    assert kept(client)["red_flags"] == ["septic-joint"]


@pytest.mark.parametrize("sign", ["septic-joint", "chest-pain-breathless", "collapsed-lung-after-session"])
def test_any_sign_is_kept_by_a_follow_up(client, sign):
    place = follow_up(client)

    assert client.post(place, {"red_flags": sign}).status_code == 303

    assert kept(client)["red_flags"] == [sign]


@pytest.mark.parametrize("screen", ["right-now", "lately"])
def test_a_sign_of_any_condition_is_kept_and_acted_on(client, library, screen):
    place = begin(client)
    go_through(client, place, until="ratings")

    assert client.post(f"{place}/{screen}", {"red_flags": list(library.red_flags)}).status_code == 303

    assert set(kept(client)["red_flags"]) == set(library.red_flags)
    assert '<section class="care emergency-now">' in client.get(f"{place}/review").text


def test_every_page_sends_what_its_screen_takes_and_nothing_else(client, library):
    """Scripts send the form as it stands, and nothing beside it."""
    for person in (RA, PSORIASIS_SKIN, MS_BY_CARER):
        phone = client.another()
        place = fill(phone, person)
        for screen in SCREENS[:-1]:
            assert fields_on(phone.get(f"{place}/{screen}").text) <= {*screen_fields(screen, make_draft(), library)}
    answer_quiz(client, RA)
    for variant, screens in (("follow-up", FOLLOW_UP_SCREENS[:-1]), ("full", (SINCE, *SCREENS[:-1]))):
        place = client.post("/quiz", {"variant": variant, "again": "1"}).headers["location"].rpartition("/")[0]
        check_in = make_draft(variant=variant, asks=asked(client))
        for screen in screens:
            page = fields_on(client.get(f"{place}/{screen}", follow_redirects=True).text)
            assert page <= {*screen_fields(screen, check_in, library)}, (variant, screen)


def test_together_the_screens_take_every_field_once(library):
    again = make_draft(asks=(IMPRESSION,))
    taken = [name for screen in FULL for name in screen_fields(screen, again, library)]
    twice = {name for name in taken if taken.count(name) > 1}

    assert {*taken} == {*quiz_fields(library), *STAMP_FIELDS}
    assert twice == {"red_flags", "groups", *STAMP_FIELDS}
    assert {*Answers.__struct_fields__} - {"ratings", "instruments"} <= {*taken}
    assert {f"ratings.{key}" for key in library.ratings} <= {*taken}


@pytest.mark.parametrize(
    ("variant", "screen"), [*(("full", one) for one in FULL), *(("follow-up", one) for one in FOLLOW_UP)]
)
def test_what_a_screen_takes_is_kept(library, variant, screen):
    everywhere = make_answers(conditions=tuple(one for one in library.conditions if one != "none-yet"))
    before = make_draft(everywhere, variant=variant, asks=(*library.ratings, PEG, MOOD, IMPRESSION))
    sent = sendable(library)
    sent |= {"age_band": "65-plus", "country": "IE", "conditions": "ms"}

    for name in screen_fields(screen, before, library):
        if name not in (*STAMP_FIELDS, SAYS_ONLY_THAT_ALL_IS_RIGHT):
            form = FormData.of({name: sent[name]})
            assert read_screen(screen, form, before, library).answers != before.answers, name
