"""The search: what people type finds the page they need, and a danger word finds the danger signs first."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.reading.search import MOST_HITS, MOST_LETTERS, find
from acupwa.reading.search_index import index_of
from acupwa.reading.search_words import nearly_same, stems

KILOBYTE = 1024


@pytest.fixture(scope="module")
def index(library):
    return index_of(library)


def best(index, question, number=5):
    return [index.docs[place][0] for place in find(index, question).places[:number]]


@pytest.mark.parametrize(
    ("question", "page", "within"),
    [
        ("tired", "/read/ms-fatigue", 3),
        ("Sjögren's", "/read/another-autoimmune-condition", 1),
        ("sjogrens", "/read/another-autoimmune-condition", 1),
        ("ankylosing spondylitis", "/read/another-autoimmune-condition", 1),
        ("crohns", "/read/another-autoimmune-condition", 3),
        ("Graves", "/read/another-autoimmune-condition", 1),
        ("type 1 diabetes", "/read/another-autoimmune-condition", 1),
        ("vasculitis", "/read/another-autoimmune-condition", 1),
        ("what is autoimmune disease", "/read/what-autoimmune-disease-is", 2),
        ("what is inflammation", "/read/what-autoimmune-disease-is", 1),
        ("MS", "/read/ms-overview", 1),
        ("multiple sclerosis", "/read/ms-overview", 3),
        ("RA", "/read/ra-overview", 1),
        ("danger signs lupus", "/read/lupus-danger-signs", 3),
        ("rheumatoid arthritis danger signs", "/read/ra-danger-signs", 3),
        ("warning signs psoriasis", "/read/psoriasis-danger-signs", 5),
        ("hashimotos", "/read/hashimoto-overview", 1),
        ("Hashimoto’s disease", "/read/hashimoto-overview", 1),
        ("pills", "/read/beside-your-medicines", 3),
        ("warfarin", "/read/needles-and-blood-thinners", 3),
        ("pregnant", "/read/needles-and-pregnancy", 3),
        ("price", "/read/what-it-costs", 1),
        ("licence", "/read/choosing-a-practitioner", 1),
        ("is it safe", "/read/safety-in-numbers", 3),
        ("vagus", "/claims/vagus-nerve", 3),
        ("cytokines", "/glossary#cytokine", 3),
        ("cytokine", "/glossary#cytokine", 3),
        ("pacemaker", "/read/needles-and-implants", 3),
        ("my first visit", "/read/your-first-visit", 2),
        ("fatigue", "/read/ms-fatigue", 3),
        ("how many sessions", "/read/how-often-and-how-long", 1),
        ("how many visits", "/read/how-often-and-how-long", 1),
        ("how many appointments", "/read/how-often-and-how-long", 3),
        ("how much does it cost", "/read/what-it-costs", 1),
    ],
)
def test_what_people_type_finds_the_page_they_need(index, question, page, within):
    assert page in best(index, question, within)


@pytest.mark.parametrize("slip", ["acupucnture", "psoriassis", "fibromyalgea", "preganncy", "lupuss"])
def test_one_slip_of_the_finger_is_forgiven(index, slip):
    assert find(index, slip).number


def test_the_last_word_may_be_unfinished(index):
    assert "/claims/ms-fatigue-and-quality-of-life" in best(index, "fatig")


def test_everything_that_is_there_is_found_by_its_own_title(index):
    for href, _kind, title, _summary in index.docs:
        if href.startswith(("/read/", "/claims/")):
            assert href in best(index, title[:MOST_LETTERS]), title


@pytest.mark.parametrize(
    "question",
    ["chest pain", "pain in my chest", "chest pian", "can't breathe", "cant breathe", "can’t breathe", "I have a stroke",
     "weak arm", "rash that will not fade", "stroek", "999"],
)  # fmt: skip
def test_a_danger_word_shows_the_way_to_the_danger_signs(index, question):
    assert find(index, question).danger


@pytest.mark.parametrize("question", ["suicide", "sucide", "suicidal thoughts", "I want to die", "harming myself"])
def test_words_of_despair_show_who_can_be_called(index, question):
    assert find(index, question).crisis


def test_the_whole_heading_of_each_urgent_sign_is_known(index, library):
    for flag in library.red_flags.values():
        if flag.urgency != "within-days":
            found = find(index, flag.short)
            assert found.danger or found.crisis, flag.short


@pytest.mark.parametrize(
    "question",
    ["back pain", "lupus", "needles", "how many sessions", "after a session", "my back is sore after needles",
     "shoulder sore after needles", "small bruise"],
)  # fmt: skip
def test_everyday_words_alarm_nobody(index, question):
    found = find(index, question)

    assert not found.danger
    assert not found.crisis


@given(st.text(max_size=300))
def test_any_text_may_be_asked(index, text):
    found = find(index, text)

    assert len(found.places) <= MOST_HITS
    assert len(set(found.places)) == len(found.places) <= found.number


@given(st.text("abcd", min_size=1, max_size=8), st.data())
def test_one_slip_is_nearly_the_same_either_way(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for slip in (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :], swapped):
        assert nearly_same(word, slip)
        assert nearly_same(slip, word)


def test_words_lose_case_accents_apostrophes_and_plurals():
    assert stems("Naïve STUDIES, Hashimoto’s!") == ["naive", "study", "hashimoto"]


def test_the_meanings_of_lay_words_lead_somewhere(index):
    for said, meaning in index.meanings.items():
        assert any(word in index.words for word in meaning), f"{said}: {meaning}"


def test_the_index_is_sixty_kilobytes_or_less_over_the_wire(app):
    body = app.body_of("/search/index.json")

    assert len(body.coded(b"br")[0]) <= 60 * KILOBYTE
    assert len(body.coded(b"gzip")[0]) <= 68 * KILOBYTE


# ------------------------------------------------------------------ the page


def test_the_page_with_nothing_asked_is_the_same_for_everyone(client):
    answer = client.get("/search")

    assert answer.status_code == 200
    assert "public" in answer.headers["cache-control"]
    assert 'name="q"' in answer.text
    assert client.get("/search?q=").status_code == 200


def test_the_server_answers_without_a_script(client, index):
    answer = client.get("/search", params={"q": "tired"})

    assert answer.status_code == 200
    assert [place for place in best(index, "tired") if f'href="{place}"' not in answer.text] == []
    assert 'value="tired"' in answer.text


def test_what_was_asked_is_in_no_cookie_no_cache_and_no_title(client):
    answer = client.get("/search", params={"q": "zebrafish"})

    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert "zebrafish" not in answer.text.split("</title>")[0]


def test_nothing_found_is_said_with_a_way_on(client):
    answer = client.get("/search", params={"q": "xylophone"})

    assert "No results for these words" in answer.text
    section = answer.text.split("data-nothing")[1]
    assert not section.startswith(" hidden")
    assert 'href="/read"' in section
    assert 'href="/glossary"' in section


def test_a_danger_word_stands_before_what_was_found(client):
    answer = client.get("/search", params={"q": "chest pain"})

    before, after = answer.text.split("search-hits", 1)
    assert "data-danger>" in before
    assert 'href="/emergency"' in before.split("data-danger>")[1]
    assert "<li>" in after


def test_a_question_that_is_too_long_is_said_beside_the_field(client):
    answer = client.get("/search", params={"q": "needle " * 40})

    assert answer.status_code == 422
    assert "up to 100 letters" in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    "query",
    ["q=%3Cscript%3Ealert(1)%3C/script%3E", "q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E", "q=%ff%fe", "q=%00", "q=a&q=b",
     "x=1", "q=%F0%9F%98%80", "q=__proto__", "q=constructor", "q=%27%20or%201=1--"],
)  # fmt: skip
def test_odd_questions_break_nothing(client, query):
    answer = client.get(f"/search?{query}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def test_the_index_file_is_the_index(client, index):
    file = json.loads(client.get("/search/index.json").text)

    assert [tuple(place) for place in file["docs"]] == list(index.docs)
    assert set(file["words"]) == set(index.words)


LEADS_TO = {
    "black stools": "gut-bleed-or-hole",
    "vomiting blood": "gut-bleed-or-hole",
    "stiff neck and fever": "meningitis",
    "thyroid storm": "thyroid-storm",
    "pregnant on methotrexate": "pregnant-on-harmful-medicine",
    "methotrexate every day": "methotrexate-too-much",
    "I took too much methotrexate": "methotrexate-too-much",
    "shingles near the eye": "shingles-near-eye",
    "arm weak after needles": "nerve-or-cord-after-needles",
    "my leg is numb after acupuncture": "nerve-or-cord-after-needles",
    "broken needle in my back": "needle-left-or-broken",
    "fever on my biologic": "fever-on-immunosuppressant",
    "no spleen and a temperature": "fever-no-spleen",
    "low white cells and fever": "neutropenic-fever",
    "sore throat on carbimazole": "antithyroid-sore-throat",
    "mouth ulcers on methotrexate": "low-blood-count-tablets",
    "trouble swallowing": "weak-swallow-or-breath",
    "tingling spreading up my legs": "climbing-weakness",
    "headache after acupuncture": "head-bleed-after-needles",
    "suddenly can't walk": "sudden-cannot-walk",
    "my child has chickenpox": "chickenpox-contact",
    "fever after acupuncture": "spreading-infection-after-needles",
    "chest pain after needles": "collapsed-lung-after-session",
    "throwing up blood": "gut-bleed-or-hole",
    "im puking blood": "gut-bleed-or-hole",
    "blood in wee": "unexplained-bruising-bleeding",
    "face droop": "stroke-fast",
    "legs getting weaker and weaker": "climbing-weakness",
    "pins and needles going up my legs": "climbing-weakness",
    "fever on prednisolone": "fever-on-immunosuppressant",
    "temperature on rituximab": "fever-on-immunosuppressant",
    "hot red knee": "septic-joint",
    "double vision suddenly": "sudden-vision-loss",
    "choking on water ms": "weak-swallow-or-breath",
    "carbimazole sore troat": "antithyroid-sore-throat",
    "blisters on one side": "shingles",
    "stroek": "stroke-fast",
}


@pytest.mark.parametrize("question", LEADS_TO)
def test_lay_words_for_a_danger_sign_lead_first_to_it(index, question):
    found = find(index, question)

    assert index.docs[found.places[0]][0] == f"/emergency#{LEADS_TO[question]}"
    assert found.danger


@pytest.mark.parametrize(
    "question", ["back pain", "lupus", "methotrexate", "fever", "pregnant", "psoriasis", "headache"]
)
def test_everyday_words_lead_to_a_page_first(index, question):
    assert index.docs[find(index, question).places[0]][0].startswith(("/read/", "/claims/", "/glossary#"))


def test_every_urgent_sign_has_lay_words_but_those_whose_own_words_are_lay(library):
    own_words = {
        "lupus-brain", "erythrodermic-psoriasis", "pustular-psoriasis", "ra-neck-cord", "lupus-fever-flare",
        "hypothyroid-worse", "neck-swallow-breathe",
    }  # fmt: skip
    urgent = {flag.id for flag in library.red_flags.values() if flag.urgency != "within-days"}

    assert urgent - set(library.search_words.signs) == own_words
