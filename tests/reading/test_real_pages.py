"""The content as it is: every page can be shown, is small, and leads nowhere in vain."""

import re

import brotli
import pytest

from acupwa.library.model import Library
from acupwa.reading.pages import shelves_of
from acupwa.reading.pieces import ClaimCard, Html
from acupwa.reading.study_pages import study_pages
from acupwa.web.paths import TEMPLATES
from tests.support.content import article_pages

SMALL = 14 * 1024


def test_every_page_renders_with_its_sources(library: Library):
    for article in article_pages(library):
        text = "".join(piece.html for piece in article.pieces if isinstance(piece, Html))
        cited = {int(number) for number in re.findall(r'href="#source-(\d+)"', text)}
        assert cited <= {source.number for source in article.sources}
        assert article.sources or not library.pages[article.slug].sources


def test_every_page_stands_on_one_shelf_and_is_reached_by_turning_pages(library: Library):
    on_shelves = [link.slug for shelf in shelves_of(library) for link in shelf.pages]
    assert sorted(on_shelves) == sorted(library.pages)

    articles = list(article_pages(library))
    assert [article.next.slug for article in articles[:-1] if article.next] == on_shelves[1:]


def test_a_page_shows_a_claim_once(library: Library):
    for article in article_pages(library):
        shown = [piece.id for piece in (*article.pieces, *article.more_claims) if isinstance(piece, ClaimCard)]
        assert len(shown) == len(set(shown)), article.slug


def test_links_in_the_text_lead_to_pages(app, library: Library):
    known = {*app.pages, "/list", "/plan", "/me"}
    for article in article_pages(library):
        text = "".join(piece.html for piece in article.pieces if isinstance(piece, Html))
        for address in re.findall(r'href="(/[^"#]*)', text):
            assert address in known, f"{article.slug} leads to {address}"


def test_pictures_exist(library: Library):
    for page in library.pages.values():
        if page.head.picture:
            assert (TEMPLATES / "components" / "figures" / f"{page.head.picture}.svg").is_file(), page.slug


def test_animal_laboratory_and_mixed_work_is_marked(library: Library):
    for page in study_pages(library):
        marked = page.study.about_people and page.study.alone and page.study.status == "current"
        assert bool(page.warnings) != marked, page.study.id


@pytest.mark.parametrize("kind", ["/read", "/studies"])
def test_every_public_page_is_judged_and_small(app, client, kind: str):
    paths = [path for path in app.pages if path == kind or path.startswith(f"{kind}/")]
    assert len(paths) > 20
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert len(brotli.compress(answer.content, quality=11)) <= SMALL, path


def test_another_name_of_a_study_leads_to_it(client, library: Library):
    aliases = [(alias, study.id) for study in library.studies.values() for alias in study.aliases]
    for alias, study in aliases:
        answer = client.get(f"/studies/{alias}")
        assert (answer.status_code, answer.headers["location"]) == (301, f"/studies/{study}")
    assert client.get("/studies/nobody-1900").status_code == 404
    assert client.get("/read/nothing").status_code == 404


def test_each_point_of_a_body_map_stands_with_its_place_in_words_and_its_caution_in_pregnancy(client):
    """Neither the drawing nor its caution may be met without the other."""
    page = client.get("/read/acupressure-you-can-do").text
    drawings = page.split('<figure class="reading-drawing">')[1:]

    assert len(drawings) == 7
    for drawing in drawings:
        figure, after = drawing.split("</figure>")[:2]
        assert 'role="img" aria-label="' in figure
        assert "pregnancy" in figure.split("<figcaption>")[1]
        assert "<p>" in after.split("<h")[0]


def test_a_point_whose_place_the_sources_leave_unclear_is_drawn_as_an_area_to_be_shown(client):
    page = client.get("/read/acupressure-you-can-do").text
    for point, dashed in (("LI4", 0), ("Yin Tang", 0), ("ST36", 0), ("HT7", 1), ("SP6", 1), ("LR3", 1), ("BL23", 2)):
        (figure,) = (part for part in page.split("<figure ")[1:] if f">{point}</text>" in part)
        figure = figure.split("</figure>")[0]

        assert len(re.findall(r"<ellipse[^>]*stroke-dasharray", figure)) == dashed
        assert ("to show you" in figure) == bool(dashed)
