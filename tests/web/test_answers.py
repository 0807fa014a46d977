"""What holds for every answer: headers, the same-origin rule, faults as calm pages."""

from __future__ import annotations

import json
import re

import pytest

from acupwa.db.work import DatabaseLost
from acupwa.logs import Seldom
from acupwa.web.host import Host, Origin
from acupwa.web.security import SECURITY_HEADERS, may_write
from tests.support.html_page import Page


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/me", 200),
        ("GET", "/static/app.css", 200),
        ("GET", "/no-such-page", 404),
        ("GET", "/static/no-such-file", 404),
        ("POST", "/me", 405),
        ("DELETE", "/", 405),
        ("GET", "/quiz/not-a-key/ratings", 404),
    ],
)
def test_every_answer_carries_the_security_headers(client, method, path, status):
    answer = client.request(method, path, headers={"sec-fetch-site": "same-origin"})

    assert answer.status_code in ({status, 404} if status == 405 else {status})
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers.get_list("content-security-policy") == [SECURITY_HEADERS["content-security-policy"]]
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost"}, False),
        ({"origin": "http://localhost"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, True),
    ],
)
def test_only_our_own_pages_may_write(headers, allowed):
    own = Origin("http", Host("localhost"))

    assert may_write("POST", headers, own) is allowed
    assert may_write("GET", headers, own)


def test_a_write_from_another_site_is_refused_and_changes_nothing(client):
    answer = client.request("POST", "/quiz", data={}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert "did not come from this site" in answer.text


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"x", "text/plain", 415),
        (b"a=%ff%fe", "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe=1", "application/x-www-form-urlencoded", 400),
        (b"a=" + b"x" * 1_000_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(5_000)), "application/x-www-form-urlencoded", 400),
    ],
)
def test_a_body_that_is_no_form_of_ours_gets_a_calm_page(client, content, content_type, status):
    headers = {"content-type": content_type} if content_type else {}

    answer = client.post("/quiz", content=content, headers=headers)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert "set-cookie" not in answer.headers


def test_a_fault_of_ours_shows_an_id_and_logs_no_word_of_the_person(app, client, capsys):
    planted = "zebra-symptom"

    def fail(*_args, **_kwargs):
        raise RuntimeError(planted)

    app.inner.state.work.run_read = fail
    client.cookies.set("acupwa", "x" * 43, domain="localhost.local")
    answer = client.request("GET", "/me", headers={"cookie": "acupwa=" + "x" * 43})

    assert answer.status_code == 500
    assert planted not in answer.text
    logged = capsys.readouterr()
    line = next(line for line in (logged.err + logged.out).splitlines() if "fault" in line)
    assert planted not in line
    reference = re.search(r"<strong>([0-9a-f]{8})</strong>", answer.text)
    assert reference
    assert reference.group(1) in line


def test_a_lost_database_is_a_calm_503(app, client):
    def lose(*_args, **_kwargs):
        raise DatabaseLost("OperationalError")

    app.inner.state.work.run_read = lose
    answer = client.request("GET", "/me", headers={"cookie": "acupwa=" + "x" * 43})

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"


def test_a_lost_database_fills_no_log(app, client, capsys, monkeypatch):
    def lose(*_args, **_kwargs):
        raise DatabaseLost("OperationalError")

    app.inner.state.work.run_read = lose
    seconds = iter([100.0, 100.1, 105.0, 109.0, 109.9, 110.1])
    monkeypatch.setattr("acupwa.web.errors._LOST", Seldom(10, lambda: next(seconds)))
    asked = [client.request("GET", "/me", headers={"cookie": "acupwa=" + "x" * 43}) for _ in range(5)]
    asked.append(client.request("GET", "/me", headers={"cookie": "acupwa=" + "x" * 43}))

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"fault"' in line]
    assert [line["kind"] for line in lines] == ["DatabaseLost"] * 2
    assert [line["suppressed"] for line in lines] == [0, 4]
    # A number that stands in no log would be looked for in vain.
    shown = [re.search(r"<strong>([0-9a-f]{8})</strong>", one.text) for one in asked]
    assert [found and found.group(1) for found in shown] == [lines[0]["reference"], *[None] * 4, lines[1]["reference"]]


def test_each_fault_of_ours_has_its_line(app, client, capsys):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    app.inner.state.work.run_read = fail
    for _ in range(3):
        client.request("GET", "/me", headers={"cookie": "acupwa=" + "x" * 43})

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"fault"' in line]
    assert len({line["reference"] for line in lines}) == 3


def test_personal_pages_are_never_stored(client):
    for path in ("/me", "/list", "/plan"):
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


def test_health_is_told(client):
    assert client.get("/healthz").text == "ok"
    assert client.get("/readyz").text == "ok"
    metrics = client.get("/metrics").text
    assert "acupwa_requests_total" in metrics
    assert "/healthz" not in metrics


def test_search_engines_are_kept_out_of_personal_addresses(client):
    robots = client.get("/robots.txt").text
    sitemap = client.get("/sitemap.xml").text

    assert "Disallow: /results/" in robots
    assert "<loc>http://localhost/read</loc>" in sitemap
    assert "/me<" not in sitemap


def test_the_manifest_has_what_installing_needs(client):
    manifest = json.loads(client.get("/manifest.webmanifest").text)

    # A phone that has it keeps it by its id, wherever it starts.
    assert manifest["id"] == manifest["scope"] == "/"
    assert manifest["start_url"] == "/today"
    colours = [one.attrs for one in Page(client.get("/").text).all("meta") if one.attrs.get("name") == "theme-color"]
    assert manifest["theme_color"] == next(one["content"] for one in colours if "light" in one["media"])
    assert {"any", "maskable"} <= {icon["purpose"] for icon in manifest["icons"]}
    for item in (*manifest["icons"], *manifest["screenshots"]):
        assert client.get(item["src"]).status_code == 200
    shortcuts = {item["name"]: item["url"] for item in manifest["shortcuts"]}
    assert shortcuts == {
        "Check in": "/check-in",
        "My plan": "/plan",
        "Danger signs": "/emergency",
        "For practitioners": "/practice",
    }


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "says"),
    [
        ("POST", "/quiz/not-a-key/ratings/draft", {}, 404, "no longer here"),
        ("POST", "/list/no-such-page", {"action": "pin"}, 404, "no longer here"),
        ("POST", "/list/ra-overview", {"action": "x" * 3_000_000}, 413, "that is too long"),
    ],
)
def test_a_press_by_htmx_that_is_not_kept_gets_one_sentence(client, method, path, body, status, says):
    headers = {"hx-request": "true", "sec-fetch-site": "same-origin"}

    answer = client.request(method, path, data=body, headers=headers)

    assert answer.status_code == status
    assert answer.text.startswith("Not saved")
    assert says in answer.text
    assert "<" not in answer.text
    assert len(answer.text) < 200


def test_a_fault_of_ours_is_a_sentence_to_htmx_with_its_number(client, app):
    def broken(*_: object) -> None:
        raise RuntimeError

    app.inner.state.work.run, kept = broken, app.inner.state.work.run
    client.cookies.set("acupwa", "x" * 43)
    answer = client.request("POST", "/list/ra-overview", data={"action": "pin"}, headers={"hx-request": "true"})
    app.inner.state.work.run = kept

    assert answer.status_code == 500
    assert re.fullmatch(
        r"Not saved: something went wrong on our side. Please try again. \([0-9a-f]{8}\)\s*", answer.text
    )
