"""The files to take along: PDF, plain text, FHIR. Whose they are, what they hold, how they look to a reader."""

from __future__ import annotations

import json
import re
import subprocess
import time
import unicodedata
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from acupwa.library.model import Library
from acupwa.results.pdf.letters import as_seen, letters
from tests.results.test_print import heavy_case, pages_of
from tests.support.fhir_check import faults_of_questionnaire, faults_of_response
from tests.support.people import EVERYONE, MS_BY_CARER, RA, answer_quiz, fill

ENDINGS = (".pdf", ".txt", ".csv", ".json", "/bundle.json")


def text_of(pdf: bytes) -> str:
    """What a search in the PDF finds, lines joined."""
    made = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    # The line at the foot of a sheet is no part of what is read on.
    return flat(re.sub(r"Your summary · .*?Page \d+\s", "", made, flags=re.S))


def about(pdf: bytes) -> dict[str, str]:
    made = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return dict(re.split(r":\s*", line, maxsplit=1) for line in made.splitlines() if ":" in line)


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def finish(client: Any, fields: Any) -> str:
    address: str = answer_quiz(client, fields).headers["location"]
    return address


@pytest.mark.parametrize("who", EVERYONE)
def test_the_pdf_says_what_the_text_says_and_the_text_what_the_page_says(who: str, client: Any, library: Any) -> None:
    address = finish(client, EVERYONE[who])
    page = flat(unescape(re.sub(r"<[^>]+>", " ", client.get(address).text)))
    text = client.get(address + ".txt").text
    pdf = text_of(client.get(address + ".pdf").content)

    for line in text.splitlines():
        words = flat(line.lstrip("- ").rstrip(": "))
        assert words.casefold() in pdf.casefold(), line
    # Care first, then the parts of the page in its order.
    headings = [flat(one) for one in re.findall(r"^[A-Z][A-Z ]{7,}$", text, re.M)]
    assert headings[0] in ("WHAT TO DO NOW", "YOUR MAIN PROBLEM")
    assert f"Check-in version {library.quiz.version}. Content version" in text
    assert "It is not a diagnosis" in text
    for sentence in re.findall(r"[A-Z][^.!?“”()\n]{40,}\.", text):
        assert flat(sentence) in page, sentence


@pytest.mark.parametrize("who", EVERYONE)
def test_the_pdf_is_one_page(who: str, client: Any) -> None:
    assert pages_of(client.get(finish(client, EVERYONE[who]) + ".pdf").content) == 1


def test_the_table_has_a_row_for_each_answer(client: Any) -> None:
    rows = client.get(finish(client, RA) + ".csv").content.decode("utf-8-sig").splitlines()

    assert rows[0] == "field,question,answer"
    assert any(row.startswith("ratings.problem,") and "7" in row for row in rows)


def test_the_heaviest_pdf_has_two_pages(client: Any, library: Library) -> None:
    pdf = client.get(finish(client, heavy_case(library)) + ".pdf").content

    assert pages_of(pdf) <= 2
    assert about(pdf)["Pages"] == "2"


def test_the_pdf_has_title_language_and_tags(client: Any) -> None:
    pdf = client.get(finish(client, RA) + ".pdf").content

    assert pdf.startswith(b"%PDF-")
    held = about(pdf)
    assert (held["Title"], held["Tagged"], held["Page size"].endswith("(A4)")) == ("Your summary", "yes", True)
    assert b"/Lang (en)" in pdf
    tree = subprocess.run(["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True)
    words = tree.stdout.decode()
    assert tree.stderr == b""
    assert re.search(r'H1.*\n\s+"Your summary', words)
    assert re.search(r'H2.*\n\s+"Your main problem', words)
    for kind in ("H3", "P", "L", "LI", "LBody"):
        assert re.search(rf"^\s+{kind} ", words, re.M), kind


@pytest.mark.parametrize(
    "own",
    ["плечо и шея", "ώμος", "naïve Łódź Ħal", "bả vai", "ուս", "მხარი", "(a) <b> & \"c\" 'd'", "50 % – 3 → 4 ≥ 2"],
)
def test_own_words_of_any_script_of_the_font_are_found_in_the_pdf(own: str, client: Any) -> None:
    address = finish(client, RA | {"problem_words": own, "main_symptom": "problem"})

    assert own in text_of(client.get(address + ".pdf").content)


@pytest.mark.parametrize("own", ["הכתף שלי כואבת 24 פעם", "كتفي يؤلمني", "(كتف) left شمال"])
def test_words_from_right_to_left_are_read_in_their_order(own: str, client: Any) -> None:
    address = finish(client, RA | {"problem_words": own, "main_symptom": "problem"})
    pdf = client.get(address + ".pdf").content

    assert own.encode("utf-16-be").hex() in pdf.decode("latin-1").casefold()
    found = unicodedata.normalize("NFKC", text_of(pdf))
    assert all(word in found for word in re.findall(r"\w+", own))


def test_words_from_right_to_left_stand_from_right_to_left() -> None:
    assert as_seen("כתף a") == "ףתכ a"
    assert as_seen("say: אב גד 24 הו.") == "say: וה 24 דג בא."
    assert as_seen("(אב)") == "(בא)"
    assert as_seen("אב (גד) הו") == "וה (דג) בא"
    assert as_seen("plain (a) 24") == "plain (a) 24"
    assert as_seen("(a) (b) אב (ג)") == "(a) (b) (ג) בא"
    assert as_seen("כאב 7/10 (רע)") == "(ער) 7/10 באכ"
    assert (
        as_seen(letters("شديد (جدا) 12.5 mg").plain)
        == f"12.5 ({letters('جدا').plain[::-1]}) {letters('شديد').plain[::-1]} mg"
    )
    # Initial, medial and final form of the same letter; an alef joins to no letter after it.
    assert letters("ببب").plain == "\ufe91\ufe92\ufe90"
    assert letters("باب").plain == "\ufe91\ufe8e\ufe8f"


def test_a_letter_that_the_font_lacks_is_told(client: Any) -> None:
    address = finish(client, RA | {"problem_words": "肩膀 shoulder", "main_symptom": "problem"})

    text = text_of(client.get(address + ".pdf").content)
    assert "□□ shoulder" in text
    assert "□ means a letter this file cannot show. The plain text version has it." in text
    assert "肩膀 shoulder" in client.get(address + ".txt").text


def test_fhir_of_a_check_in_and_of_all_is_accepted(client: Any, clock: Any) -> None:
    form = client.get("/fhir/Questionnaire/acupwa-full")
    finish(client, RA)
    clock.now += timedelta(days=30)
    address = finish(client, RA | {"ratings.fatigue": "2", "note": "better", "sessions_since": "3"})

    one = client.get(address + ".json")
    every = client.get(address + "/bundle.json")

    Questionnaire.model_validate_json(form.content)
    QuestionnaireResponse.model_validate_json(one.content)
    Bundle.model_validate_json(every.content)
    assert faults_of_questionnaire(form.json()) == []
    assert faults_of_response(one.json(), form.json()) == []
    responses = [e["resource"] for e in every.json()["entry"] if e["resource"]["resourceType"] != "Observation"]
    assert responses[1] == one.json()
    assert [faults_of_response(response, form.json()) for response in responses] == [[], []]
    tired = [
        e["resource"]["valueInteger"]
        for e in every.json()["entry"]
        if e["resource"]["resourceType"] == "Observation"
        and e["resource"]["code"]["coding"][0]["code"] == "ratings.fatigue"
    ]
    assert tired == [int(RA["ratings.fatigue"]), 2]


def test_the_questionnaire_is_a_public_page(client: Any) -> None:
    answer = client.get("/fhir/Questionnaire/acupwa-full")

    assert answer.headers["content-type"] == "application/fhir+json"
    assert "public" in answer.headers["cache-control"]
    again = client.another().get("/fhir/Questionnaire/acupwa-full", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert "acupwa-full" not in client.get("/sitemap.xml").text


@pytest.mark.parametrize("ending", ENDINGS)
def test_files_are_never_stored_and_their_names_say_nothing_of_health(ending: str, client: Any) -> None:
    answer = client.get(finish(client, RA) + ending)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    name = re.search(r'filename="([^"]+)"', answer.headers["content-disposition"])
    assert name
    assert name[1].startswith("your-summary")


@pytest.mark.parametrize("ending", ENDINGS)
def test_unknown_foreign_and_unfinished_are_not_found_alike(ending: str, client: Any) -> None:
    address = finish(client, RA)
    stranger = client.another()
    finish(stranger, MS_BY_CARER)
    draft = "/results/" + fill(client.another(), RA).rpartition("/")[2]
    begun = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    own_draft = "/results/" + begun.split("/")[2]

    nowhere = "/results/00000000-0000-7000-8000-000000000000"
    answers = [
        stranger.get(address + ending),
        client.another().get(address + ending),
        client.get(nowhere + ending),
        client.get("/results/nonsense" + ending),
        client.get(draft + ending),
        client.get(own_draft + ending),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert client.get(address + ending).status_code == 200


def test_every_file_stands_on_the_page(client: Any) -> None:
    address = finish(client, RA)
    html = client.get(address).text

    for ending in ENDINGS:
        assert f'href="{address}{ending}"' in html


def test_a_pdf_is_made_within_300_ms(client: Any, library: Library) -> None:
    address = finish(client, heavy_case(library))
    client.get(address + ".pdf")

    took = []
    for _ in range(5):
        # Of the processor: others may be at work on the same machine.
        began = time.process_time()
        client.get(address + ".pdf")
        took.append(time.process_time() - began)
    assert min(took) < 0.3


def test_credits_carry_the_notices_of_loinc_and_the_font(client: Any) -> None:
    html = client.get("/credits").text

    assert "LOINC® is a registered United States trademark of Regenstrief Institute, Inc." in html
    assert "DejaVu" in html


def test_json_is_for_people_too(client: Any) -> None:
    content = client.get(finish(client, RA) + ".json").content

    assert content.startswith(b"{\n  ")
    assert json.loads(content)["resourceType"] == "QuestionnaireResponse"
