"""What one browser can reach from where it starts: the ids in addresses, and the forms with what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple

_ID = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27}|[A-Z]{6,10})(?=[/?]|$)")
_PUBLIC = ("/read", "/studies", "/claims", "/static", "/about", "/glossary", "/evidence", "/credits")


class Form(NamedTuple):
    action: str
    fields: tuple[tuple[str, str], ...]


class _Page(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._path = path
        self._action: str | None = None
        self._fields: list[tuple[str, str]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(told.get("href", ""))
        elif tag == "form":
            self._action = (told.get("action") or self._path) if told.get("method", "").lower() == "post" else None
            self._fields = []
        elif tag in ("input", "button", "textarea") and "name" in told:
            self._fields.append((told["name"], told.get("value", "")))
        elif tag == "select":
            self._select = told.get("name", "")
        elif tag == "option" and self._select:
            self._fields.append((self._select, told.get("value", "")))
            self._select = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._action is not None:
            self.forms.append(Form(self._action, tuple(self._fields)))
            self._action = None


def crawl(browser: Any, starts: Sequence[str], most: int = 120) -> tuple[tuple[str, ...], tuple[Form, ...]]:
    """The ids and the forms of up to `most` pages."""
    waiting, seen = list(starts), set(starts)
    ids: dict[str, None] = {}
    forms: dict[Form, None] = {}
    while waiting and most:
        most -= 1
        path = waiting.pop(0)
        ids |= dict.fromkeys(_ID.findall(path.partition("?")[0]))
        answer = browser.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page = _Page(path)
        page.feed(answer.text)
        forms |= dict.fromkeys(page.forms)
        for link in (one.partition("#")[0] for one in page.links):
            if link.startswith("/") and not link.startswith(_PUBLIC) and link not in seen:
                seen.add(link)
                waiting.append(link)
    return tuple(ids), tuple(forms)
