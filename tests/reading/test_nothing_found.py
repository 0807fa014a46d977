"""What nobody has studied: one list, and no card."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Claim, Library, OutcomeName
from acupwa.reading.markdown import render_page
from acupwa.reading.nothing_found import NothingFound, nothing_found
from acupwa.reading.pieces import ClaimCard, RenderedPage
from tests.support.content import article_pages, make_claim, make_library, make_page, make_study

NONE = {"direction": "nothing-found", "certainty": "none", "comparator": "any", "studies": ()}


def library_of(*claims: Claim) -> Library:
    names = {id: OutcomeName(id=id, name=id.capitalize(), short=id) for id in ("pain", "sleep", "mood", "safety")}
    library = make_library(studies=(make_study(),), claims=(make_claim(), *claims))
    return msgspec.structs.replace(library, outcomes=names)


def of(library: Library, markdown: str, **head: object) -> tuple[RenderedPage, NothingFound]:
    rendered = render_page(library, make_page(markdown=markdown, **head))
    return rendered, nothing_found(rendered.nothing_found, library)


def test_claims_with_nothing_found_leave_the_text_and_stand_in_one_list_by_name():
    library = library_of(make_claim("ra-mood", outcome="mood", **NONE), make_claim("ra-sleep", outcome="sleep", **NONE))
    rendered, nothing = of(library, "## A\n\n::claim ra-mood\n\nWords.\n\n::claim ra-pain\n", claims=("ra-sleep",))

    assert [piece.id for piece in rendered.pieces if isinstance(piece, ClaimCard)] == ["ra-pain"]
    assert nothing == NothingFound(names=("Sleep", "Mood"))


def test_an_answer_that_says_more_says_it_in_full():
    library = library_of(
        make_claim("ra-pain-sham", outcome="pain", says="No trial used sham.", **NONE),
        make_claim("ra-sleep", outcome="sleep", says="Only in rats.", **{**NONE, "studies": ("white-2001",)}),
    )
    _rendered, nothing = of(library, "## A\n\n::claim ra-pain-sham\n\n::claim ra-sleep\n")

    assert nothing.names == ()
    assert [claim.says for claim in nothing.claims] == ["No trial used sham.", "Only in rats."]


def test_what_is_not_known_about_safety_stays_in_its_place():
    library = library_of(make_claim("ra-safety", outcome="safety", **NONE))
    rendered, nothing = of(library, "## A\n\n::claim ra-safety\n")

    assert [piece.id for piece in rendered.pieces if isinstance(piece, ClaimCard)] == ["ra-safety"]
    assert nothing == NothingFound()


def test_every_claim_of_a_page_stands_on_it_once(library):
    for article in article_pages(library):
        cards = [piece.id for piece in (*article.pieces, *article.more_claims) if isinstance(piece, ClaimCard)]
        listed = [claim.id for claim in article.rendered.nothing_found]
        assert len({*cards, *listed}) == len(cards) + len(listed), article.slug
        assert set(article.head.claims) <= {*cards, *listed}, article.slug
        told = len(article.nothing.claims) + len(article.nothing.names)
        assert told <= len(listed), article.slug
        assert bool(told) == bool(listed), article.slug
