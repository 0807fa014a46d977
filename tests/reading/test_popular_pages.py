"""The claims check and the glossary as readers get them."""

from __future__ import annotations

import re

import pytest

from acupwa.reading.popular_pages import groups_of, popular_claim_pages
from acupwa.reading.verdicts import popular_of_page, verdicts
from tests.support.content import make_library, make_popular, make_study
from tests.support.html_page import Page


def test_every_claim_stands_in_the_list_once_with_its_verdict_in_words(client, library):
    html = client.get("/claims").text

    for id, popular in library.popular.items():
        assert html.count(f'href="/claims/{id}"') == 1, id
        assert popular.claim.strip().rstrip(".").replace("'", "&#39;") in html, id
    for group in groups_of(library):
        assert f'id="{group.id}"' in html


def test_a_patient_finds_her_claims_by_her_illness(library):
    groups = {group.id: group for group in groups_of(library)}

    assert list(groups) == [
        "ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "any-condition", "how-it-works",
    ]  # fmt: skip
    assert {link.id for link in groups["ms"].claims} >= {"ms-jacm-study", "ms-cochrane-review"}
    assert not groups["any-condition"].illness
    assert sum(len(group.claims) for group in groups.values()) == len(library.popular)


def test_the_page_of_a_claim_has_all_that_is_needed_to_judge_it(client, library):
    for id, popular in library.popular.items():
        html = client.get(f"/claims/{id}").text
        for heading in ("Our verdict", "What the evidence supports", "What would change our mind", "Why"):
            assert heading in html, (id, heading)
        for study in (*popular.studies, *popular.near):
            assert f'href="/studies/{study}"' in html, (id, study)
        for slug in popular.pages:
            assert f'href="/read/{slug}"' in html, (id, slug)
        word = next(one.word for one in verdicts() if one.id == popular.verdict)
        assert re.search(rf'class="verdict {popular.verdict}"><svg.*?</svg>\s*{word}<', html, re.S), id


def test_every_citation_in_a_claim_leads_to_a_study_with_its_doi_or_pmid(client):
    html = client.get("/claims/lowers-cytokines").text

    assert 'href="#source-1"' in html
    assert "https://doi.org/" in html
    assert "https://pubmed.ncbi.nlm.nih.gov/" in html


def test_what_did_not_test_the_claim_is_marked_so(library):
    page = next(page for page in popular_claim_pages(library) if page.link.id == "vagus-nerve")

    near = {one.source.id for one in page.sources if one.near}

    assert near == {"ulloa-2021-comment", "hamvas-2023-hrv", "lee-2010-hrv", "chung-2014-hrv"}
    assert all("animals" in one.study.marks for one in page.sources if not one.near and one.study)


def test_the_neighbours_go_through_all_the_claims(library):
    pages = list(popular_claim_pages(library))

    assert pages[0].previous is None
    assert pages[-1].next is None
    assert [page.next.id for page in pages[:-1] if page.next] == [page.link.id for page in pages[1:]]


def test_reading_pages_lead_to_the_claims_about_them(client, library):
    assert {one.id for one in popular_of_page(library, "ms-fatigue")} >= {"ms-jacm-study"}
    assert 'href="/claims/ms-jacm-study"' in client.get("/read/ms-fatigue").text
    assert 'href="/claims"' in client.get("/read").text


def test_claims_and_words_are_in_the_sitemap(client, library):
    sitemap = client.get("/sitemap.xml").text

    for path in ("/claims", "/glossary", *(f"/claims/{id}" for id in library.popular)):
        assert f"{path}</loc>" in sitemap


def test_an_unknown_claim_is_not_there(client):
    assert client.get("/claims/no-such-claim").status_code == 404


def test_a_claim_is_quoted_without_its_full_stop():
    library = make_library(studies=(make_study(),), popular=(make_popular(claim="It <b>heals</b>."),))

    assert next(iter(popular_claim_pages(library))).title == "“It <b>heals</b>”"


@pytest.mark.parametrize("path", ["/claims", "/glossary", "/claims/five-symptoms"])
def test_the_pages_are_light(app, path):
    assert len(app.body_of(path).coded(b"br")[0]) <= 14 * 1024


def test_each_word_of_the_glossary_is_a_place_on_its_page(client, library):
    page = Page(client.get("/glossary").text)
    ids = {one.attrs["id"] for one in page.elements if one.attrs.get("id")}
    words = " ".join(page.text)

    assert set(library.glossary) <= ids
    for entry in library.glossary.values():
        assert entry.says in words
        assert all(form in words for form in entry.also)
