"""What is read out of a page's Markdown."""

import re

from acupwa.library.references import (
    claims_in,
    faults_in,
    harms_in,
    number_of_words,
    plain_words,
    sources_in,
)

TEXT = """## What it is

Needles did no more than sham [@a-2001; @b-2002]. So it **goes**[@c-3].

::claim ra-pain
::harms serious

- One thing [@a-2001]
- Another

| Head | Cell |
|---|---|
| in a table | [@d-4] |
"""


def test_sources_come_once_in_the_order_of_first_citation():
    assert sources_in(TEXT) == ("a-2001", "b-2002", "c-3", "d-4")


def test_claims_and_harms_stand_alone_on_a_line():
    assert claims_in(TEXT) == ("ra-pain",)
    assert harms_in(TEXT) == ("serious",)
    assert claims_in("see ::claim ra-pain here") == ()


def test_bare_words_leave_out_headings_tables_citations_and_directives():
    assert plain_words(TEXT) == "Needles did no more than sham. So it goes.\nOne thing.\nAnother."


def test_words_are_counted_as_they_are_read(library):
    texts = (TEXT, *(page.markdown for page in library.pages.values()))
    # The bar of `38 °C / 100.4 °F` is no word.
    words = [[word for word in plain_words(text).split() if re.search(r"\w", word)] for text in texts]
    assert [number_of_words(text) for text in texts] == [len(of_text) for of_text in words]


def test_what_only_looks_like_a_reference_is_a_fault_with_its_line():
    assert faults_in(TEXT) == ()
    text = "One [@a; b].\n\n::clam ra-pain\n\n  ::claim ra-pain\n\nTwo [ @a ] and [@]"
    assert faults_in(text) == (
        (1, "[@a; b]"),
        (3, "::clam ra-pain"),
        (5, "::claim ra-pain"),
        (7, "[ @a ]"),
        (7, "[@]"),
    )
