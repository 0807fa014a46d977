"""What the short version of a page keeps."""

from __future__ import annotations

import re

import pytest

from acupwa.library.folds import concerns_safety
from acupwa.library.model import Library
from acupwa.reading.markdown import render_page
from acupwa.reading.pages import ArticlePage
from acupwa.reading.pieces import ClaimCard, HarmsPicture, Html, Piece
from acupwa.reading.sections import sections_of, words_in
from tests.support.content import article_pages


def sections(*pieces: Piece, library: Library, page: ArticlePage) -> list[tuple[str, bool]]:
    return [
        (re.sub(r"<[^>]+>", " ", part.pieces[0].html).split()[0] if isinstance(part.pieces[0], Html) else "", part.keep)
        for part in sections_of(pieces, page.sources, library.facts)
    ]


@pytest.fixture(scope="module")
def articles(library: Library) -> dict[str, ArticlePage]:
    return {article.slug: article for article in article_pages(library)}


def test_a_section_that_cites_a_danger_sign_a_precaution_or_a_safety_figure_is_kept(library, articles):
    page = articles["ms-before-needles"]
    number = {
        kind: next(s.number for s in page.sources if s.kind == kind) for kind in ("red-flag", "precaution", "study")
    }
    html = "".join(
        f'<h2 id="{kind}">{kind}</h2><p>Words <a href="#source-{n}">{n}</a>.</p>' for kind, n in number.items()
    )

    assert sections(Html(html), library=library, page=page) == [
        ("red-flag", True), ("precaution", True), ("study", False)
    ]  # fmt: skip


def test_a_section_that_leads_to_help_is_kept_and_plain_words_are_not(library, articles):
    html = '<h2 id="a">A</h2><p><a href="/emergency">x</a></p><h2 id="b">B</h2><p>x</p><h2 id="c">C</h2><a href="tel:999">x</a>'

    page = articles["what-it-costs"]
    assert sections(Html(html), library=library, page=page) == [("A", True), ("B", False), ("C", True)]


def test_the_words_before_the_first_heading_are_a_part_of_their_own(library, articles):
    html = '<p>Before.</p><h2 id="a">A</h2><p>x</p>'

    assert len(sections(Html(html), library=library, page=articles["what-it-costs"])) == 2


def test_no_count_of_harm_and_no_claim_on_safety_is_ever_left_out(articles):
    seen = 0
    for article in articles.values():
        for part in (*article.parts, article.more):
            for piece in part.pieces:
                on_harm = isinstance(piece, HarmsPicture) or (
                    isinstance(piece, ClaimCard) and (piece.outcome == "safety" or piece.direction == "harm")
                )
                seen += on_harm
                assert part.keep or not on_harm, article.slug
    assert seen > 10


def test_no_danger_sign_and_no_precaution_is_ever_left_out(library, articles):
    for article in articles.values():
        safety = {f'href="#source-{s.number}"' for s in article.sources if s.kind in ("red-flag", "precaution")}
        for part in article.parts:
            html = "".join(piece.html for piece in part.pieces if isinstance(piece, Html))
            assert part.keep or not any(link in html for link in safety), article.slug


def test_the_parts_are_the_page_and_nothing_else(articles):
    for article in articles.values():
        whole = "".join(piece.html for piece in article.pieces if isinstance(piece, Html))
        parts = "".join(
            part.fold + "".join(piece.html for piece in part.pieces if isinstance(piece, Html))
            for part in article.parts
        )
        shown = {part.id for part in article.parts}
        empty = [h.words for h in article.rendered.contents if h.level == 2 and h.id not in shown]
        assert words_in(parts) == words_in(whole) - words_in(" ".join(empty)), article.slug


def test_a_folded_section_has_its_heading_apart(library, articles):
    html = '<h2 id="a">A</h2><p>x</p><h2 id="b" class="reading-folded">B <em>c</em></h2>\n<p>y</p>'
    first, second = sections_of([Html(html)], (), library.facts)

    assert (first.fold, first.id, first.pieces) == ("", "a", (Html('<h2 id="a">A</h2><p>x</p>'),))
    assert (second.fold, second.id) == ('<h2 id="b">B <em>c</em></h2>', "b")
    assert second.pieces == (Html("<p>y</p>"),)


def test_a_heading_with_nothing_below_it_is_left_out(library):
    assert sections_of([Html('<h2 id="a">A</h2>\n')], (), library.facts) == ()


def test_the_check_of_the_text_and_the_short_version_agree_on_what_concerns_safety(library, articles):
    """What the short version keeps and what may not be folded is one rule, read from Markdown and from the page."""
    for slug, article in articles.items():
        sections = re.split(r"^(?=## )", library.pages[slug].markdown, flags=re.MULTILINE)
        of_text = [concerns_safety(section, library) for section in sections if section.strip()]
        pieces = render_page(library, library.pages[slug]).pieces
        kept = [part.keep for part in sections_of(pieces, article.sources, library.facts)]
        assert sum(of_text) == sum(kept), slug
        if len(of_text) == len(kept):
            assert of_text == kept, slug


def test_no_section_that_concerns_safety_is_folded(articles):
    assert not [
        (slug, part.id) for slug, article in articles.items() for part in article.parts if part.fold and part.keep
    ]


def test_pages_that_are_not_about_safety_become_much_shorter(articles):
    for article in articles.values():
        if not article.head.safety:
            assert article.short_minutes <= article.link.minutes, article.slug
            assert sum(part.keep for part in article.parts) < len(article.parts), article.slug
