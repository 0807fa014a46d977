from __future__ import annotations

import gzip

import brotli
import pytest

from acupwa.web.assets import Assets
from acupwa.web.paths import STATIC

ASKED = ["/", "/read", "/emergency", "/quiz", "/offline", "/manifest.webmanifest", "/service-worker.js"]


@pytest.mark.parametrize("path", ASKED)
def test_a_public_page_is_the_same_for_everyone_and_sets_no_cookie(client, path):
    first, second = client.get(path), client.another().get(path)

    assert first.status_code == 200
    assert first.content == second.content
    assert "set-cookie" not in first.headers
    assert "public" in first.headers["cache-control"]


@pytest.mark.parametrize("path", ASKED)
def test_each_coding_is_the_same_page_under_its_own_tag(client, path):
    plain = client.request("GET", path, headers={"accept-encoding": "identity"})
    coded = {coding: client.request("GET", path, headers={"accept-encoding": coding}) for coding in ("br", "gzip")}

    for coding, answer in coded.items():
        assert answer.headers["content-encoding"] == coding
        assert answer.content == plain.content
    tags = {plain.headers["etag"], *(answer.headers["etag"] for answer in coded.values())}
    assert len(tags) == 3
    assert all("accept-encoding" in answer.headers["vary"] for answer in coded.values())


def test_a_coding_that_is_refused_is_not_sent(client):
    answer = client.request("GET", "/", headers={"accept-encoding": "br;q=0, gzip"})

    assert answer.headers["content-encoding"] == "gzip"


def test_a_known_page_is_not_sent_again(client):
    first = client.get("/")

    again = client.get("/", headers={"if-none-match": f'W/{first.headers["etag"]}, "other"'})

    assert again.status_code == 304
    assert not again.content
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers
    assert again.headers["acupwa"] == "1"


def test_the_mark_of_ours_comes_last_so_that_a_head_that_was_cut_off_lacks_it(client):
    for path in ("/", "/me", "/static/app.css", "/no-such-page"):
        names = [name for name, _ in client.get(path).headers.raw]
        assert names[-1].lower() == b"acupwa", path


def test_head_is_the_answer_without_its_body(client):
    for path in ("/", "/me", "/healthz"):
        head, get = client.request("HEAD", path), client.get(path)
        assert head.status_code == get.status_code == 200
        assert not head.content
        assert head.headers["content-type"] == get.headers["content-type"]
        assert head.headers["acupwa"] == get.headers["acupwa"] == "1"


def test_a_static_file_is_kept_a_year_only_under_its_hash(client):
    assets = Assets(STATIC)
    right = client.get(assets.url("app.css"))
    wrong = client.get("/static/app.css?v=000000000000")
    bare = client.get("/static/app.css")

    assert "immutable" in right.headers["cache-control"]
    assert "max-age=31536000" in right.headers["cache-control"]
    assert "no-cache" in wrong.headers["cache-control"]
    assert "no-cache" in bare.headers["cache-control"]
    assert right.content == wrong.content == bare.content


@pytest.mark.parametrize(
    "path", ["/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml", "/static/", "/static/none.css"]
)
def test_nothing_outside_the_static_folder_can_be_asked_for(client, path):
    assert client.get(path).status_code == 404


def test_style_sheets_are_one_file_with_tokens_first_and_no_comment():
    sheet, _ = Assets(STATIC).find("app.css", "")
    text = sheet.data.decode()

    assert text.index("--") < text.index("body")
    for file in (STATIC / "css").glob("*.css"):
        rules = [line for line in file.read_text().splitlines() if "/*" not in line and line.endswith("}")]
        assert all(line in text for line in rules), file.name
    assert "/*" not in text, "comments are for us"
    assert brotli.decompress(sheet.coded(b"br")[0]) == sheet.data
    assert gzip.decompress(sheet.coded(b"gzip")[0]) == sheet.data


@pytest.mark.parametrize(
    "path", [*ASKED, "/robots.txt", "/sitemap.xml", "/healthz", "/static/js/app.js", "/static/img/icon.svg", "/nothing"]
)
def test_what_is_text_says_in_which_letters(client, path):
    media_type = client.get(path).headers["content-type"]

    is_text = media_type.startswith("text/") or "xml" in media_type
    assert media_type.endswith("; charset=utf-8") if is_text else media_type == "application/manifest+json"
