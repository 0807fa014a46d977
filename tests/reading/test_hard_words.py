"""The first use of a hard word opens its meaning; everything else is left as it is."""

from __future__ import annotations

import re

import pytest

from acupwa.library.model import GlossaryEntry
from acupwa.reading.hard_words import Marker, around
from acupwa.reading.markdown import render_page
from acupwa.reading.pieces import Html
from tests.support.content import make_library, make_page, make_study

SHAM = GlossaryEntry(id="sham", word="sham", also=("sham needles",), says="A pretend treatment.")
NICE = GlossaryEntry(id="nice", word="NICE", says="A body in England.")
TREG = GlossaryEntry(id="treg", word="regulatory T cell", also=("regulatory T cells", "Treg"), says="A white cell.")
META = GlossaryEntry(id="meta", word="meta-analysis", says="It adds up.")
NETWORK = GlossaryEntry(id="network", word="network meta-analysis", says="It compares many.")
CHANCE = GlossaryEntry(id="chance", word="chance", says="Luck.", mark=False)
ALL = (SHAM, NICE, TREG, META, NETWORK, CHANCE)


def rendered(markdown: str):
    library = make_library(studies=(make_study(),), glossary=ALL)
    return render_page(library, make_page(markdown=markdown))


def html_of(markdown: str) -> str:
    return "".join(piece.html for piece in rendered(markdown).pieces if isinstance(piece, Html))


def marked(markdown: str) -> list[tuple[str, str]]:
    return re.findall(r'popovertarget="word-([a-z-]+)"[^>]*>[^<]*<span>([^<]+)</span>', html_of(markdown))


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("A sham, and a sham again.", [("sham", "sham")]),
        ("SHAM and Sham.", [("sham", "SHAM")]),
        ("They had sham needles.", [("sham", "sham needles")]),
        ("A shamble. Mis-sham. A sham-controlled trial.", []),
        ("It is nice. NICE says so.", [("nice", "NICE")]),
        ("A network meta-analysis is a meta-analysis.",
         [("network", "network meta-analysis"), ("meta", "meta-analysis")]),
        ("Many **regulatory T cells** there.", [("treg", "regulatory T cells")]),
        ("By chance.", []),
        ("## A sham\n\nThen a sham.", [("sham", "sham")]),
        ("[A sham](/about) is here, and a sham.", [("sham", "sham")]),
        ("`sham` is code.", []),
        ("| sham | b |\n|---|---|\n| sham | d |", [("sham", "sham")]),
        ("- One sham\n- Two sham", [("sham", "sham")]),
    ],
)  # fmt: skip
def test_what_is_marked(markdown, words):
    assert marked(markdown) == words


def test_headings_keep_their_words_and_their_ids():
    page = rendered("## What is sham?\n\nWords.\n")

    assert [(heading.id, heading.words) for heading in page.contents] == [("what-is-sham", "What is sham?")]


def test_each_marked_word_comes_with_its_meaning_once():
    page = rendered("A sham, a Treg, a sham.\n")

    assert [entry.id for entry in page.hard_words] == ["sham", "treg"]


def test_the_short_version_and_the_text_each_mark_a_word():
    library = make_library(glossary=ALL)
    page = render_page(library, make_page(markdown="A sham.\n", short=("A sham.", "More sham.")))

    assert "hard-word" in page.lines["short.0"]
    assert "hard-word" not in page.lines["short.1"]
    assert "hard-word" in "".join(piece.html for piece in page.pieces if isinstance(piece, Html))
    assert len(page.hard_words) == 1


def test_punctuation_and_a_citation_stay_with_the_word():
    html = html_of('It was a ("sham"). Was it a Treg [@white-2001]?\n')

    assert "(&quot;<span>sham</span>&quot;).</button>" in html
    assert re.search(
        r'<span class="hard-word-cited"><button.*?</button><span class="reading-cite">.*?</span></span>\?', html
    )


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ('("sham").', ('("', "sham", '").')),
        ("sham", ("", "sham", "")),
        ("IL-6,", ("", "IL-6", ",")),
    ],
)
def test_around(words, parts):
    assert around(words) == parts


def test_no_word_is_lost_by_marking(library):
    marker = Marker(library.glossary)
    text = "A (sham) and TNF-alpha; NICE, “de qi” … side effects! Nothing else."

    assert "".join(words for words, _entry in marker.split(text)) == text


def test_without_a_glossary_nothing_is_marked():
    assert list(Marker({}).split("A sham.")) == [("A sham.", None)]


def test_every_button_of_a_real_page_has_its_meaning(client, library):
    for slug in library.pages:
        html = client.get(f"/read/{slug}").text
        opens = set(re.findall(r'class="hard-word" popovertarget="([^"]+)"', html))
        there = set(re.findall(r'<div popover class="meaning" id="([^"]+)"', html))
        assert opens == there, slug
