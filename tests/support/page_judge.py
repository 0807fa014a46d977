"""The judge: what every HTML answer must keep to. Tests call it through `client`; stories through `phone`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tests.support.html_page import Element, Page

FOREIGN = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "use": "href"}
SENTENCE_FORBIDDEN = re.compile(
    r"\b(?:will|can|does) cure\b|\bcures (?:your|the|ra|lupus|ms)\b|\bstop taking your\b|\bcome off your medicine",
    re.IGNORECASE,
)
POINTING = ("aria-describedby", "aria-labelledby", "aria-controls", "for")
KINDS = {
    "input": frozenset(
        [
            "text",
            "search",
            "tel",
            "url",
            "email",
            "password",
            "number",
            "date",
            "month",
            "week",
            "time",
            "datetime-local",
            "range",
            "color",
            "checkbox",
            "radio",
            "file",
            "hidden",
            "submit",
            "button",
            "reset",
            "image",
        ]
    ),
    "button": frozenset(("submit", "button", "reset")),
}
FIELD_NAME = re.compile(r"^[A-Za-z_][\w.:\[\]-]*$")
KNOWN = frozenset(
    [
        "html",
        "head",
        "title",
        "base",
        "link",
        "meta",
        "style",
        "script",
        "noscript",
        "template",
        "body",
        "article",
        "section",
        "nav",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hgroup",
        "header",
        "footer",
        "address",
        "main",
        "search",
        "p",
        "hr",
        "pre",
        "blockquote",
        "ol",
        "ul",
        "menu",
        "li",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
        "div",
        "a",
        "em",
        "strong",
        "small",
        "s",
        "cite",
        "q",
        "dfn",
        "abbr",
        "ruby",
        "rt",
        "rp",
        "data",
        "time",
        "code",
        "var",
        "samp",
        "kbd",
        "sub",
        "sup",
        "i",
        "b",
        "u",
        "mark",
        "bdi",
        "bdo",
        "span",
        "br",
        "wbr",
        "ins",
        "del",
        "picture",
        "source",
        "img",
        "iframe",
        "embed",
        "object",
        "video",
        "audio",
        "track",
        "map",
        "area",
        "table",
        "caption",
        "colgroup",
        "col",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "form",
        "label",
        "input",
        "button",
        "select",
        "datalist",
        "optgroup",
        "option",
        "textarea",
        "output",
        "progress",
        "meter",
        "fieldset",
        "legend",
        "details",
        "summary",
        "dialog",
        "slot",
        "canvas",
    ]
)


def judge(html: str, *, whole: bool, address: str = "") -> list[str]:
    """Faults of one HTML answer, in words; empty when there is none. `whole`: a page, not a fragment."""
    return [f"{address}: {fault}" if address else fault for fault in _faults(html, whole)]


@lru_cache(maxsize=500)
def _faults(html: str, whole: bool) -> tuple[str, ...]:
    page = Page(html, whole=whole)
    checks = (
        _shape(page, whole),
        _names(page),
        _elements(page),
        _fields(page),
        _forms(page),
        _default_buttons(page),
        _spoken_names(page),
        _addresses(page),
    )
    faults = [*page.errors, *(fault for check in checks for fault in check)]
    faults += [f"forbidden words: {found}" for words in page.text for found in SENTENCE_FORBIDDEN.findall(words)]
    return tuple(faults)


def _bare(words: str) -> str:
    """Without what a pseudo-language (tools/i18n.py) puts before a sentence, and before one inside it."""
    return words.lstrip("[\u202b\u2068")


def _shape(page: Page, whole: bool) -> Iterator[str]:
    begins = page.html.lstrip().lower().startswith("<!doctype html>")
    if not whole:
        if begins or page.all("html"):
            yield "a fragment is marked as a page"
        return
    if not begins:
        yield "no doctype"
    if not page.root.attrs.get("lang") or not page.root.attrs.get("dir"):
        yield "html without lang or dir"
    if len(page.headings) != 1:
        yield f"{len(page.headings)} h1"
    elif not _bare(page.title.removeprefix("Error: ")).startswith(_bare(page.headings[0])):
        yield f"title {page.title!r} does not begin with h1 {page.headings[0]!r}"
    if not page.all("main"):
        yield "no main"
    if not any(one.attrs.get("name") == "viewport" for one in page.all("meta")):
        yield "no viewport"
    level = 1
    for one in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        if int(one.tag[1]) > level + 1:
            yield f"{one.at}: {one.tag} after h{level}"
        level = int(one.tag[1])


def _names(page: Page) -> Iterator[str]:
    ids = [one.attrs["id"] for one in page.elements if one.attrs.get("id")]
    known = set(ids)
    if len(known) < len(ids):
        yield from (f"id twice: {id}" for id in sorted(known) if ids.count(id) > 1)
    for one in page.elements:
        for name in POINTING:
            for id in (one.attrs.get(name) or "").split():
                if id not in known:
                    yield f"{one.at}: <{one.tag} {name}> points nowhere: {id}"
        href = one.attrs.get("href") or ""
        if one.tag == "a" and href.startswith("#") and len(href) > 1 and href[1:] not in known:
            yield f"{one.at}: link to nowhere: {href}"


def _elements(page: Page) -> Iterator[str]:
    for one in page.elements:
        if one.tag not in KNOWN and not one.svg:
            yield f"{one.at}: unknown element <{one.tag}>"
        if one.tag == "style" or "style" in one.attrs:
            yield f"{one.at}: inline script or style: <{one.tag} style>"
        if one.tag == "script" and not one.attrs.get("src") and one.attrs.get("type") != "application/ld+json":
            yield f"{one.at}: inline script or style: <script>"
        for name in one.attrs:
            if name.startswith(("on", "hx-on", "data-hx-on")):
                yield f"{one.at}: inline script or style: <{one.tag} {name}>"
        if (
            one.tag == "li"
            and one.parent is not None
            and one.parent.tag not in ("ul", "ol", "menu", "template", "DOCUMENT_FRAGMENT")
        ):
            yield f"{one.at}: li in {one.parent.tag}, outside a list"
        if one.tag == "img" and one.attrs.get("alt") is None:
            yield f"{one.at}: img without alt"
        if one.tag == "svg" and not (one.attrs.get("aria-hidden") == "true" or _label(one)):
            yield f"{one.at}: svg without a name and not hidden"
        if ((one.tag == "a" and one.attrs.get("href")) or one.tag in ("button", "summary")) and not (
            _is_named(one) or _in_template(one)
        ):
            yield f"{one.at}: empty <{one.tag}>: no words, no aria-label, no alt"


def _label(one: Element) -> str:
    return one.attrs.get("aria-label") or one.attrs.get("aria-labelledby") or ""


def _in_template(one: Element) -> bool:
    """A script fills it in before anyone meets it."""
    above = one.parent
    while above is not None and above.tag != "template":
        above = above.parent
    return above is not None


def _is_named(one: Element) -> bool:
    """Something is read out: words that are not hidden, a label, the alt of a picture."""
    if _label(one) or one.attrs.get("title"):
        return True
    return bool("".join(_read_out(one)).strip())


def _read_out(one: Element) -> Iterator[str]:
    yield one.own_text[0]
    for child, after in zip(one.children, one.own_text[1:], strict=True):
        if child.attrs.get("aria-hidden") != "true":
            yield child.attrs.get("alt") or child.attrs.get("aria-label") or ""
            yield from _read_out(child)
        yield after


def _fields(page: Page) -> Iterator[str]:
    labels = {one.attrs.get("for") for one in page.all("label")}
    for one in page.all("input", "select", "textarea", "button"):
        kind, name = one.attrs.get("type"), one.attrs.get("name")
        if kind is not None and kind not in KINDS.get(one.tag, (kind,)):
            yield f"{one.at}: unknown type of <{one.tag}>: {kind}"
        if name and not FIELD_NAME.match(name):
            yield f"{one.at}: unknown kind of field name: {name!r}"
        if one.tag == "button" or kind in ("hidden", "submit", "button"):
            continue
        if not (one.attrs.get("id") in labels or one.within("label") or _label(one)):
            yield f"{one.at}: field without a label: {name}"
        if not name:
            yield f"{one.at}: field without a name"


WORDS = re.compile(r"\w+")


def _spoken_names(page: Page) -> Iterator[str]:
    """Whoever speaks to the phone says the words that are seen: the name must hold them, in their order."""
    for one in page.all("a", "button", "summary"):
        name, seen = one.attrs.get("aria-label"), " ".join(WORDS.findall(_seen(one).lower()))
        if name and seen not in " ".join(WORDS.findall(name.lower())):
            yield f"{one.at}: {_seen(one)!r} is named otherwise: {name!r}"


def _seen(one: Element) -> str:
    if one.attrs.get("aria-hidden") == "true" or one.svg or "hidden-visually" in one.attrs.get("class", ""):
        return ""
    inner = (f"{_seen(child)}{after}" for child, after in zip(one.children, one.own_text[1:], strict=True))
    return "".join((one.own_text[0], *inner))


# In these Enter sends the form, as if its first button had been pressed.
SENT_BY_ENTER = frozenset(
    ("text", "search", "tel", "url", "email", "password", "number", "date", "month", "week", "time", "datetime-local")
)


def _default_buttons(page: Page) -> Iterator[str]:
    """Enter in a field must do what the main button says, and never what stands elsewhere or unseen."""
    buttons = [one for one in page.all("button") if one.attrs.get("type", "submit") == "submit"]
    for one in buttons:
        if "form" in one.attrs:
            yield f"{one.at}: a button outside its form: {one.words}"
    for form in page.all("form"):
        typed = [one for one in form.inside("input") if one.attrs.get("type", "text") in SENT_BY_ENTER]
        own = [one for one in buttons if one in form.inside("button")]
        if typed and len(own) > 1 and "primary" not in own[0].attrs.get("class", ""):
            yield f"{own[0].at}: Enter presses {own[0].words!r}, which is not the main button"


def _forms(page: Page) -> Iterator[str]:
    for one in page.all("form", "input", "textarea", "select"):
        if one.attrs.get("autocomplete") == "off":
            yield f"{one.at}: autocomplete is off, so that Back empties {one.attrs.get('name', 'all fields')}"
    for one in page.all("form"):
        if not one.attrs.get("action") or (one.attrs.get("method") or "").lower() not in ("get", "post"):
            yield f"{one.at}: form without method or action"
    for one in page.elements:
        for name, value in one.attrs.items():
            if name in ("data-hx-post", "data-hx-get") and one.tag == "a" and value != one.attrs.get("href"):
                yield f"{one.at}: {name} without its plain link"
            if name in ("data-hx-vals", "data-hx-headers", "data-hx-confirm") and value.lstrip().startswith("js:"):
                yield f"{one.at}: {name} with js:"
            if name == "data-hx-trigger" and "[" in value:
                yield f"{one.at}: data-hx-trigger with a filter"


def _addresses(page: Page) -> Iterator[str]:
    for one in page.elements:
        address = one.attrs.get(LOADING.get(one.tag, "")) or ""
        if one.tag == "link" and one.attrs.get("rel") == "canonical":
            continue
        if FOREIGN.match(address):
            yield f"{one.at}: <{one.tag}> loads from elsewhere: {address}"
        if one.tag == "a" and FOREIGN.match(one.attrs.get("href") or "") and "noopener" not in one.attrs.get("rel", ""):
            yield f"{one.at}: outside link without rel=noopener: {one.attrs.get('href')}"
