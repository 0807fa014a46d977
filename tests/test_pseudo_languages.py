"""What a second language would break, seen before there is one: longer words with accents, and right to left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import asdict
from tools.i18n import PSEUDO, make_pseudo

from acupwa import wording
from acupwa.app import create_app
from acupwa.db.engine import make_engine
from acupwa.db.migrate import upgrade
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.client import Client
from tests.support.people import RA, finish_check_in, plan_fields
from tests.support.pseudo import speak
from tests.support.server import Server
from tests.support.walk import answer_screen, finish, go_on, screen_of

PAGES = (
    "/",
    "/quiz",
    "/emergency",
    "/read",
    "/about",
    "/privacy",
    "/search",
    "/offline",
    "/me",
    "/resume",
    "/practice",
)
ENGLISH = re.compile(r"\b[A-Z]?[a-z']+ [a-z']+ [a-z']+ [a-z']+\b")


@pytest.fixture(scope="session")
def pseudo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    make_pseudo(folder)
    return folder


@pytest.fixture(params=PSEUDO)
def foreign(request, pseudo, settings, clock, loop):
    """A person of this language, without a screen."""
    library = speak(request.param, pseudo)
    upgrade(make_engine(settings.database_url))
    app = create_app(settings, library=library, clock=clock)
    client = Client(app, loop)
    client.library = library
    yield client
    app.inner.state.work.close()
    wording.set_server_language("en")
    wording.LANGUAGES.pop(request.param)


class _Shown(HTMLParser):
    """The sentences that a page shows or reads out, each as one text."""

    SHOWN = ("alt", "aria-label", "placeholder", "title")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in ("script", "style")
        self.texts += [value for name, value in attrs if name in self.SHOWN and value]

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.texts.append(" ".join(data.split()))


def english_on(html: str, titles: set[str], sources: set[object]) -> list[str]:
    """Texts that hold four English words in a row, and nothing of the pseudo-language.

    `titles` of reading pages and what is said of `sources` are not translated by rule.
    """
    reader = _Shown()
    reader.feed(html)
    quoted = tuple(one for one in sources if isinstance(one, str) and ENGLISH.search(one))
    return [
        one
        for one in reader.texts
        if ENGLISH.search(one) and one.isascii() and one not in titles and not any(words in one for words in quoted)
    ]


def test_every_page_is_whole_and_nothing_on_it_stayed_english(foreign):
    check_in = finish_check_in(foreign)
    saved = foreign.post("/plan", data=plan_fields())
    assert saved.status_code == 303, saved.text[:500]
    left: list[tuple[str, str]] = []
    titles = {page.head.title for page in foreign.library.pages.values()}
    sources = {value for fact in foreign.library.facts.values() for value in asdict(fact).values()}
    direction = wording.LANGUAGES[wording.language()]
    screens = [f"/quiz/{check_in}/{one}" for one in ("right-now", "about-you", "lately", "ratings", "impact", "review")]

    for path in (*PAGES, *screens, f"/results/{check_in}", "/progress", "/plan", "/today"):
        answer = foreign.get(path)
        if answer.status_code == 303:
            continue
        assert answer.status_code == 200, (path, answer.status_code)
        assert f'<html lang="{wording.language()}" dir="{direction}">' in answer.text, path
        if wording.language() == "en-XA" and path != "/read":
            left += [(path, one) for one in english_on(answer.text, titles, sources)]
    assert left == []
    assert foreign.get(f"/results/{check_in}.pdf").content.startswith(b"%PDF")
    assert foreign.get(f"/results/{check_in}.txt").text


@pytest.fixture(params=PSEUDO)
def foreign_phone(request, pseudo, browser, tmp_path):
    server = Server(tmp_path)
    server.command = ("tests.support.pseudo", request.param, str(pseudo), str(server.port))
    server.start()
    context = browser.new_context(**PHONE, base_url=server.url, service_workers="block")
    context.add_init_script(SAVES_DATA)
    yield context.new_page()
    context.close()
    server.stop()


def too_wide(page):
    """The elements that stand out of a phone's screen, to either side."""
    return page.evaluate(
        """() => [...document.querySelectorAll("main *, header *, nav *, footer *")].filter((one) => {
            const box = one.getBoundingClientRect();
            const scrolls = one.closest(".table, .scroll, [tabindex='0'], svg, .hidden-visually, [hidden], .skip");
            return box.width && !scrolls && (box.right > innerWidth + 1 || box.left < -1);
        }).slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""
    )


@pytest.mark.browser
def test_nothing_is_wider_than_a_phone_in_longer_words_or_from_right_to_left(foreign_phone):
    page = foreign_phone
    for path in PAGES:
        page.goto(path)
        assert too_wide(page) == [], path

    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    while screen_of(page) != "review":
        assert too_wide(page) == [], page.url
        answer_screen(page, screen_of(page), RA)
        go_on(page)
    assert too_wide(page) == [], page.url
    finish(page)
    assert too_wide(page) == [], page.url
    for path in ("/progress", "/plan", "/today"):
        page.goto(path)
        assert too_wide(page) == [], path
