"""What search engines and link previews get of a page: true, and with absolute addresses only where they are known."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from cryptography.fernet import Fernet

from acupwa.app import create_app
from acupwa.reading.structured_data import structured_data
from acupwa.settings import read_settings

PAGE = "/read/ra-overview"
KEY = Fernet.generate_key().decode()


def pages_of(library, tmp_path, public_url: str):
    environment = {"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": str(tmp_path), "ACUPWA_PUBLIC_URL": public_url}
    return create_app(read_settings(environment, folder=tmp_path), library=library)


@pytest.fixture
def named(library, tmp_path):
    """The app of an operator who said which name the server goes by."""
    return pages_of(library, tmp_path, "https://acupwa.example")


def text_of(app, path: str) -> str:
    return app.body_of(path).data.decode()


def data_of(html: str) -> dict[str, object]:
    return json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[0])


def test_structured_data_has_true_fields_and_names_no_reviewer(client, library):
    data = data_of(client.get(PAGE).text)
    head = library.pages["ra-overview"].head

    assert (data["@type"], data["name"], data["description"]) == ("MedicalWebPage", head.title, head.summary)
    assert data["lastReviewed"] == data["dateModified"] == head.reviewed.isoformat()
    assert data["about"] == [{"@type": "MedicalCondition", "name": library.conditions["ra"].name}]
    assert data["audience"] == {"@type": "Patient"}
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert not {"reviewedBy", "author", "aspect", "specialty", "url"} & set(data)


def test_no_words_of_a_page_end_the_data():
    words = structured_data(
        name="</script><b>", description="A & B", language="en", reviewed=date(2026, 1, 2), conditions=(), address=None
    )

    assert not set("<>&") & set(words)
    assert json.loads(words)["name"] == "</script><b>"


def test_without_a_public_address_nothing_absolute_is_said(client):
    html = client.get(PAGE).text

    assert 'property="og:title" content="Rheumatoid arthritis and acupuncture"' in html
    assert 'property="og:type" content="article"' in html
    assert not re.search(r'rel="canonical"|og:image|og:url|reading-back|localhost', html)


def test_with_a_public_address_a_page_says_where_it_is(named):
    html = text_of(named, PAGE)

    assert f'<link rel="canonical" href="https://acupwa.example{PAGE}">' in html
    assert f'property="og:url" content="https://acupwa.example{PAGE}"' in html
    assert data_of(html)["url"] == f"https://acupwa.example{PAGE}"
    image = re.findall(r'property="og:image" content="https://acupwa\.example(/static/img/og\.png\?v=[0-9a-f]+)"', html)
    assert image
    assert html.count("reading-back") == 1


def test_the_start_page_is_its_own_canonical_address(named):
    assert '<link rel="canonical" href="https://acupwa.example/">' in text_of(named, "/")


def test_pages_stay_small_with_the_code_for_paper(named):
    for path in named.pages:
        if path.startswith("/read/"):
            assert len(named.body_of(path).coded(b"br")[0]) <= 14 * 1024, path


def test_personal_pages_and_errors_have_no_canonical_address(client, library):
    for path in ("/list", "/me", "/no-such-page"):
        assert "canonical" not in client.get(path).text


def test_the_preview_picture_is_one_and_light(client):
    answer = client.get("/static/img/og.png")

    assert answer.headers["content-type"] == "image/png"
    assert len(answer.content) <= 60_000
    width, height = (int.from_bytes(answer.content[at : at + 4]) for at in (16, 20))
    assert (width, height) == (1200, 630)


def test_the_sitemap_says_when_a_reading_page_was_reviewed(client, library):
    sitemap = client.get("/sitemap.xml").text

    day = library.pages["ra-overview"].head.reviewed.isoformat()
    assert f"<url><loc>http://localhost{PAGE}</loc><lastmod>{day}</lastmod></url>" in sitemap
    assert "<url><loc>http://localhost/</loc></url>" in sitemap
