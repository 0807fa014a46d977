"""An emergency on the summary is the red card alone: on the page, printed, as PDF and as text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from acupwa.library.model import Library
from tests.support.client import Client
from tests.support.people import RA, answer_quiz

SIGN = {**RA, "none_right_now": "", "red_flags": ["chest-pain-breathless", "septic-joint"], "none_lately": ""}
LEFT_OUT = ("To read", "What the studies found", "Check in again", "The acupuncturist",
            "What to ask")  # fmt: skip


@pytest.fixture
def result(client: Client) -> str:
    """The address of a summary with an emergency sign and one for the same day."""
    return answer_quiz(client, SIGN).headers["location"]


def outside_the_fold(page: str) -> str:
    return page[: page.index('<details class="more">\n  <summary>The rest of your answers')]


def test_the_page_is_the_card_and_one_closed_fold(client: Client, result: str, library: Library):
    page = client.get(result).text
    card = outside_the_fold(page)

    assert library.red_flags["chest-pain-breathless"].short in card
    assert 'href="tel:999"' in card
    assert 'href="tel:112"' in card
    assert "Even if it has passed: call." in card
    assert "What to say" in card
    assert "a blood thinner" in card
    assert "Ticked by mistake? Change it" in card
    assert library.red_flags["septic-joint"].short not in card
    assert "Your plan" not in page
    assert page.count("<details open") == 0
    for words in LEFT_OUT:
        assert words not in page


def test_the_fold_holds_the_other_signs_and_the_numbers(client: Client, result: str, library: Library):
    page = client.get(result).text
    fold = page[len(outside_the_fold(page)) :]

    assert library.red_flags["septic-joint"].do in fold
    assert "Before any needle" in fold
    assert "Why there is no plan for now" in fold


def test_text_and_pdf_are_the_card_alone(client: Client, result: str, library: Library, tmp_path: Path):
    text = client.get(f"{result}.txt").text
    file = tmp_path / "summary.pdf"
    file.write_bytes(client.get(f"{result}.pdf").content)
    drawn = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout

    for out in (text, drawn):
        words = " ".join(out.split())
        assert "Emergency: call for help now" in words
        assert "999" in words
        assert "Even if it has passed: call." in words
        assert "What to say" in words
        for left_out in (*LEFT_OUT, "Before any needle", "Your numbers", library.red_flags["septic-joint"].short):
            assert left_out not in words
    assert len(text) < 1500


@pytest.mark.parametrize(
    ("fields", "screen"),
    [
        ({"none_right_now": "", "red_flags": ["sepsis"]}, "right-now"),
        ({"precautions": ["no-spleen", "fever-or-infection-now"]}, "before-needles"),
    ],
)
def test_a_mistake_is_mended_where_it_was_made(client: Client, fields: dict[str, Any], screen: str):
    result = answer_quiz(client, {**RA, **fields}).headers["location"]
    link = re.search(r'<a href="(/quiz/[^"]+)">Ticked by mistake', client.get(result).text)

    assert link is not None
    assert link[1].endswith(f"/{screen}")
    assert client.get(link[1]).status_code == 200


def test_a_derived_emergency_says_which_answers_it_comes_from(client: Client, library: Library):
    result = answer_quiz(client, {**RA, "precautions": ["severe-neutropenia", "fever-or-infection-now"]}).headers[
        "location"
    ]
    card = outside_the_fold(client.get(result).text)

    assert library.red_flags["neutropenic-fever"].do in card
    assert "very low" in card


def test_with_no_emergency_there_is_no_card(client: Client):
    page = client.get(answer_quiz(client, RA).headers["location"]).text

    assert "Even if it has passed" not in page
    assert "To read" in page


@pytest.mark.browser
def test_what_is_printed_is_the_card(phone: Any, shared_server: Any):
    from tests.support.walk import finish, to_review

    to_review(phone, {**RA, "precautions": ["severe-neutropenia", "fever-or-infection-now"]})
    finish(phone)
    phone.emulate_media(media="print")

    printed = phone.locator("main").inner_text()
    assert "Even if it has passed: call." in printed
    assert "Before any needle" not in printed
    assert not phone.get_by_text("Ticked by mistake").is_visible()
