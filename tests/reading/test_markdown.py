"""A page's Markdown, as shown."""

import msgspec
import pytest

from acupwa.library.faults import ContentError
from acupwa.library.model import BottomLine, Drawing, DrawingCaution
from acupwa.reading.harms import find_harms
from acupwa.reading.markdown import render_page
from acupwa.reading.pieces import ClaimCard, DrawingPiece, HarmsPicture, Html, RenderedPage
from acupwa.reading.sources import study_name
from tests.support.content import make_claim, make_fact, make_library, make_page, make_study


def rendered(markdown: str, **head: object) -> RenderedPage:
    library = make_library(
        studies=(make_study(doi="10.1/x", pmid="123", aliases=("white-2001-other",)), make_study("lee-2008")),
        claims=(make_claim(),),
        facts=(make_fact(), make_fact("no-number", says="Few had a problem.")),
    )
    return render_page(library, make_page(markdown=markdown, **head))


def html(markdown: str) -> str:
    return "".join(piece.html for piece in rendered(markdown).pieces if isinstance(piece, Html))


def test_raw_html_is_shown_as_text():
    assert "<script" not in html("Hello <script>alert(1)</script>\n\n<div onclick=x>\n\n<b>bold</b>")
    assert "&lt;script&gt;" in html("Hello <script>alert(1)</script>")


def test_html_in_the_summary_box_is_shown_as_text_too():
    box = BottomLine(line="<b>x</b> [@lee-2008]", may="m", does_not="n", safety="s", ask="a")
    found = rendered("Words.", bottom_line=box)

    assert found.lines["line"].startswith("&lt;b&gt;x&lt;/b&gt;<span")
    assert [source.id for source in found.sources] == ["lee-2008"]


def test_citations_are_numbered_in_the_order_of_reading_and_link_to_the_source():
    found = rendered("One [@lee-2008]. Two [@white-2001; @serious]. Three [@lee-2008].")

    assert [(source.number, source.id) for source in found.sources] == [
        (1, "lee-2008"),
        (2, "white-2001"),
        (3, "serious"),
    ]
    text = found.pieces[0].html
    assert 'One<span class="reading-cite">[<a id="cited-1" href="#source-1"' in text
    assert text.count('id="cited-1"') == 1
    assert text.count('href="#source-1"') == 2


def test_an_alias_is_the_same_source():
    assert [source.id for source in rendered("A [@white-2001-other]. B [@white-2001].").sources] == ["white-2001"]


def test_a_study_links_to_its_page_and_to_its_doi_and_pmid():
    (source,) = rendered("A [@white-2001].").sources

    assert (source.name, source.where, source.href) == ("White 2001", "BMJ 1:2", "/studies/white-2001")
    assert [address for _, address in source.links] == [
        "https://doi.org/10.1/x",
        "https://pubmed.ncbi.nlm.nih.gov/123/",
    ]


def test_precautions_and_danger_signs_can_be_cited():
    assert [s.kind for s in rendered("A [@precaution:anticoagulants; @flag:septic-joint].").sources] == [
        "precaution",
        "red-flag",
    ]


def test_a_claim_and_a_harm_stand_between_the_text():
    found = rendered("Before.\n\n::claim ra-pain\n::harms serious\n\nAfter.")

    before, claim, harms, after = found.pieces
    assert isinstance(before, Html)
    assert isinstance(claim, ClaimCard)
    assert [link.number for link in claim.studies] == [1]
    assert isinstance(harms, HarmsPicture)
    assert (harms.harms.count, harms.harms.unit, harms.source.number) == (14, "visits", 2)
    assert isinstance(after, Html)


def test_a_drawing_stands_with_its_words_and_its_cautions():
    caution = DrawingCaution(kind="avoid", words="Not in pregnancy [@serious].")
    drawing = Drawing(id="body-hand", shows="The back of a hand.", cautions=(caution,))
    library = msgspec.structs.replace(make_library(facts=(make_fact(studies=()),)), drawings={"body-hand": drawing})
    found = render_page(library, make_page(markdown="::drawing body-hand"))

    (shown,) = found.pieces
    assert isinstance(shown, DrawingPiece)
    assert (shown.name, shown.shows) == ("body-hand", "The back of a hand.")
    assert [one.kind for one in shown.cautions] == ["avoid"]
    assert "Not in pregnancy<" in shown.cautions[0].html
    assert [source.id for source in found.sources] == ["serious"]


def test_claims_of_the_head_that_the_text_does_not_show_come_after_it():
    assert [claim.id for claim in rendered("Words.", claims=("ra-pain",)).more_claims] == ["ra-pain"]
    assert rendered("::claim ra-pain", claims=("ra-pain",)).more_claims == ()


def test_headings_get_ids_that_are_unique_and_none_of_the_template():
    found = rendered("## Sources\n\n## What’s it?\n\n### What's it?\n")

    assert [(heading.id, heading.level) for heading in found.contents] == [
        ("sources-2", 2),
        ("whats-it", 2),
        ("whats-it-2", 3),
    ]
    assert '<h2 id="sources-2">' in found.pieces[0].html


def test_a_table_scrolls_by_itself_and_is_named_after_its_heading():
    text = html("## Doses\n\n| | A |\n|---|---:|\n| b | 1 |\n")

    assert '<div class="reading-table" role="region" tabindex="0" aria-label="Doses">' in text
    assert "style=" not in text


def test_links_lead_to_https_to_a_phone_or_to_ourselves():
    text = html("[a](https://example.org/x) [b](/quiz) [c](#part) [d](tel:111) [e](/studies/lee-2008)")

    assert 'href="https://example.org/x" rel="external noopener noreferrer"' in text
    assert text.count("rel=") == 1


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](http://example.org)",
        "[x](javascript:alert(1))",
        "[x](//example.org)",
        "[x](data:text/html,x)",
        "[x](/read/no-such-page)",
        "[x](/studies/nobody-2000#part)",
        "<https://ok.example> and <javascript:alert(1)>",
        "![x](/static/x.png)",
        "# A title",
        "#### Too deep",
        "- a list\n\n  ::claim ra-pain",
        "[@nobody-2000]",
        "[@precaution:nothing]",
        "::claim nothing",
        "::harms nothing",
        "::harms no-number",
        "::drawing nothing",
        "::clam ra-pain",
        "[@ white-2001]",
    ],
)
def test_what_is_unknown_or_not_allowed_is_refused_with_its_file(markdown: str):
    with pytest.raises(ContentError) as refused:
        rendered(markdown)

    assert refused.value.faults[0].file == "reading/a-page.md"


@pytest.mark.parametrize(
    ("says", "count", "shown"),
    [
        ("About 14 in 10,000 visits had one.", 14, 14),
        ("1,205 of every 10,000 treatments had a small event.", 1205, 1205),
        ("In every 10,000 people, about 1.01 had one.", 1.01, 1),
        ("There were 0.3 serious events per 10,000 treatments.", 0.3, 1),
        ("There were 0 in 10,000 visits.", 0, 0),
    ],
)
def test_a_number_of_10_000_is_read_from_the_fact(says: str, count: float, shown: int):
    harms = find_harms(says)

    assert harms is not None
    assert (harms.count, harms.shown) == (count, shown)


def test_a_fact_without_such_a_number_is_no_picture():
    assert find_harms("14 in 31,822 visits") is None
    assert find_harms("20,000 in 10,000 visits") is None


@pytest.mark.parametrize(
    ("count", "number"), [("14", "14"), ("1.01", "About 1"), ("0.3", "Fewer than 1"), ("1,205", "1,205")]
)
def test_the_number_above_the_picture_is_whole(count: str, number: str):
    harms = find_harms(f"{count} in 10,000 visits had one.")

    assert harms is not None
    assert harms.number == number


@pytest.mark.parametrize(
    ("count", "larger"), [("0.3", True), ("14", True), ("100", True), ("101", False), ("860", False)]
)
def test_what_fits_into_the_first_block_is_drawn_once_more_larger(count: str, larger: bool):
    harms = find_harms(f"{count} in 10,000 people had one.")

    assert harms is not None
    assert harms.few == larger


def test_the_picture_fills_block_by_block():
    assert find_harms("234 in 10,000 people").path == ("M0 0h10v10h-10zM11 0h10v10h-10zM22 0h10v3h-10zM22 3h4v1h-4z")


@pytest.mark.parametrize(
    ("authors", "name"),
    [
        ("White A, Hayhoe S", "White 2001"),
        ("Wang C, de Pablo P", "Wang 2001"),
        ("de Pablo P", "de Pablo 2001"),
        ("Acupuncture Trialists' Collaboration", "Acupuncture Trialists' Collaboration 2001"),
    ],
)
def test_a_study_is_called_by_its_first_author_and_year(authors: str, name: str):
    assert study_name(make_study(authors=authors)) == name


def test_a_study_whose_authors_were_not_read_is_called_by_its_title():
    assert study_name(make_study(authors=None, title="A survey", year=None)) == "A survey"
