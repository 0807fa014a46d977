"""One address for each page, and only the ways that it takes."""

from __future__ import annotations

import pytest

HOST = ("host", "localhost")


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/emergency/", "/emergency"),
        ("/read/", "/read"),
        ("/claims/", "/claims"),
        ("/quiz/", "/quiz"),
        ("/me/", "/me"),
        ("/me//", "/me"),
        ("/plan/", "/plan"),
        ("/practice/", "/practice"),
        ("/l/CDFHJK/", "/l/CDFHJK"),
        ("/fhir/Questionnaire/acupwa-full/", "/fhir/Questionnaire/acupwa-full"),
        ("/static/app.css/", "/static/app.css"),
        ("/search/?q=a%20b&x=%C3%A9", "/search?q=a%20b&x=%C3%A9"),
        ("/l/%C3%A9%3Fa%23/", "/l/%C3%A9%3Fa%23"),
        ("/emergency/?", "/emergency"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_slash_at_the_end_leads_to_the_address_without(make_asgi, method, asked, led):
    answer = make_asgi()(method, asked, [HOST])

    assert (answer.status, answer.headers["location"], answer.body) == (308, led, b"")


@pytest.mark.parametrize(
    "asked",
    ["//evil.example/", "//me/", "//evil.example/%2e%2e/", "/%2fevil.example/", "/\\evil.example/", "/%5cevil.example/",
     "/%5C/evil.example/", "//", "///", "//me", "/no-such-page/", "/read/no-such-page/", "/static/", "/static//evil/",
     "/./", "/../", "/%2e/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_nobody_is_led_to_another_server(make_asgi, method, asked):
    answer = make_asgi()(method, asked, [HOST, ("content-length", "0")])

    assert answer.status == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/emergency", "GET, HEAD, OPTIONS"),
        ("/quiz", "GET, HEAD, OPTIONS, POST"),
        ("/static/app.css", "GET, HEAD, OPTIONS"),
        ("/service-worker.js", "GET, HEAD, OPTIONS"),
        ("/me", "GET, HEAD, OPTIONS"),
        ("/plan", "GET, HEAD, OPTIONS, POST"),
        ("/practice/sign-out", "OPTIONS, POST"),
        ("/healthz", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_told_which_ones_there_are(make_asgi, path, allow):
    ask = make_asgi()
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get"):
        if method not in allow.split(", "):
            answer = ask(method, path, [HOST, ("content-length", "0")])
            assert (answer.status, answer.headers["allow"]) == (405, allow), method
            assert "<h1>You cannot do that here</h1>" in answer.text
    options = ask("OPTIONS", path, [HOST])
    assert (options.status, options.headers["allow"], options.body) == (204, allow, b"")


@pytest.mark.parametrize("path", ["/no-such-page", "/static/none.css", "/read/no-such-page"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"])
def test_where_there_is_nothing_it_is_404_by_any_method(make_asgi, path, method):
    assert make_asgi()(method, path, [HOST, ("content-length", "0")]).status == 404


def test_a_page_to_which_nothing_can_be_asked_leads_a_browser_on(make_asgi):
    browser = [HOST, ("accept", "text/html,*/*;q=0.8")]
    assert make_asgi()("GET", "/practice/sign-out", browser).headers["location"] == "/practice"
    assert make_asgi()("GET", "/practice/sign-out", [HOST, ("accept", "text/html;q=0")]).status == 405
