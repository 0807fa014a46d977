"""The judge: what every HTML answer must keep to. Tests call it through `client`; stories through `phone`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
FOREIGN = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
SENTENCE_FORBIDDEN = re.compile(
    r"\b(?:will|can|does) cure\b|\bcures (?:your|the|ra|lupus|ms)\b|\bstop taking your\b|\bcome off your medicine",
    re.IGNORECASE,
)


class Page(HTMLParser):
    """A parsed answer: every element with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.title = ""
        self.headings: list[str] = []
        self.labels_open = 0
        self.labelled: set[int] = set()
        self.button_texts: list[tuple[dict[str, str | None], str]] = []
        self._stack: list[str] = []
        self._collect: dict[str, list[str]] = {}
        self.inline: list[str] = []
        self.html = html
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        index = len(self.elements)
        self.elements.append((tag, given))
        if "label" in self._stack:
            self.labelled.add(index)
        if tag == "style" or "style" in given:
            self.inline.append(f"<{tag} style>")
        if tag == "script" and not given.get("src") and given.get("type") != "application/ld+json":
            self.inline.append("<script>")
        self.inline += [f"<{tag} {name}>" for name in given if name.startswith(("on", "hx-on", "data-hx-on"))]
        if tag not in VOID:
            self._stack.append(tag)
        if tag in ("h1", "title", "button"):
            self._collect[tag] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._stack:
            while self._stack and self._stack.pop() != tag:
                pass
        if tag in self._collect:
            words = " ".join("".join(self._collect.pop(tag)).split())
            if tag == "h1":
                self.headings.append(words)
            elif tag == "title" and "svg" not in self._stack:
                self.title = words
            elif tag == "button":
                self.button_texts.append((dict(self.elements[-1][1]), words))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for words in self._collect.values():
            words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def judge(html: str, *, whole: bool, address: str = "") -> list[str]:
    """Faults of one HTML answer, in words; empty when there is none. `whole`: a page, not a fragment."""
    page = Page(html)
    faults = [*_shape(page, whole), *_names(page), *_fields(page), *_forms(page), *_addresses(page)]
    faults += [f"inline script or style: {found}" for found in page.inline]
    words = " ".join(page.text)
    faults += [f"forbidden words: {found}" for found in SENTENCE_FORBIDDEN.findall(words)]
    return [f"{address}: {fault}" if address else fault for fault in faults]


def _shape(page: Page, whole: bool) -> list[str]:
    begins = page.html.lstrip().lower().startswith("<!doctype html")
    if not whole:
        return ["a fragment is marked as a page"] if begins or page.all("html") else []
    faults = [] if begins else ["no doctype"]
    html = (page.all("html") or [{}])[0]
    if not html.get("lang") or not html.get("dir"):
        faults.append("html without lang or dir")
    if len(page.headings) != 1:
        faults.append(f"{len(page.headings)} h1")
    elif not page.title.removeprefix("Error: ").startswith(page.headings[0]):
        faults.append(f"title {page.title!r} does not begin with h1 {page.headings[0]!r}")
    if not page.all("main"):
        faults.append("no main")
    if not any(m.get("name") == "viewport" for m in page.all("meta")):
        faults.append("no viewport")
    return faults


def _names(page: Page) -> list[str]:
    ids = [attrs["id"] for _, attrs in page.elements if attrs.get("id")]
    twice = sorted({id for id in ids if id and ids.count(id) > 1})
    faults = [f"id twice: {id}" for id in twice]
    known = set(ids)
    for tag, attrs in page.elements:
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            for id in (attrs.get(name) or "").split():
                if id not in known:
                    faults.append(f"<{tag} {name}> points nowhere: {id}")
        href = attrs.get("href") or ""
        if tag == "a" and href.startswith("#") and len(href) > 1 and href[1:] not in known:
            faults.append(f"link to nowhere: {href}")
    for tag, attrs in page.elements:
        if tag == "img" and attrs.get("alt") is None:
            faults.append("img without alt")
        if tag == "svg" and not (
            attrs.get("aria-hidden") == "true" or attrs.get("aria-label") or attrs.get("aria-labelledby")
        ):
            faults.append("svg without a name and not hidden")
    return faults


def _fields(page: Page) -> list[str]:
    labels = {attrs.get("for") for attrs in page.all("label")}
    faults = []
    for index, (tag, attrs) in enumerate(page.elements):
        if tag not in ("input", "select", "textarea"):
            continue
        kind = attrs.get("type") or "text"
        if kind in ("hidden", "submit", "button"):
            continue
        named = attrs.get("id") in labels or index in page.labelled
        if not (named or attrs.get("aria-label") or attrs.get("aria-labelledby")):
            faults.append(f"field without a label: {attrs.get('name')}")
        if not attrs.get("name"):
            faults.append("field without a name")
    return faults


def _forms(page: Page) -> list[str]:
    faults = []
    for form in page.all("form"):
        if not form.get("action") or (form.get("method") or "").lower() not in ("get", "post"):
            faults.append("form without method or action")
    for tag, attrs in page.elements:
        for name in ("data-hx-post", "data-hx-get"):
            if attrs.get(name) and tag == "a" and attrs.get(name) != attrs.get("href"):
                faults.append(f"{name} without its plain link")
        for name, value in attrs.items():
            if name in ("data-hx-vals", "data-hx-headers", "data-hx-confirm") and (value or "").lstrip().startswith(
                "js:"
            ):
                faults.append(f"{name} with js:")
            if name == "data-hx-trigger" and "[" in (value or ""):
                faults.append("data-hx-trigger with a filter")
    return faults


def _addresses(page: Page) -> list[str]:
    faults = []
    for tag, attrs in page.elements:
        address = attrs.get(LOADING.get(tag, "")) or ""
        if tag == "link" and attrs.get("rel") == "canonical":
            continue
        if FOREIGN.match(address):
            faults.append(f"<{tag}> loads from elsewhere: {address}")
        if tag == "a" and FOREIGN.match(attrs.get("href") or "") and "noopener" not in (attrs.get("rel") or ""):
            faults.append(f"outside link without rel=noopener: {attrs.get('href')}")
    return faults
