"""What a screen reader says on each main page, in order: read from Chromium's accessibility tree, kept in `heard/`.

A change of what is heard is thereby seen in a difference. `python -m tests.site.heard` writes the files anew: read the
difference before it is committed. What is kept is what a reader is given, not how one of them says it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.support.browser import PHONE, SAVES_DATA, launched_browser
from tests.support.modules import started
from tests.support.people import RA
from tests.support.server import Server
from tests.support.walk import answer_screen, finish, go_on, screen_of

FOLDER = Path(__file__).with_name("heard")
Heard = tuple[str, list[str]]
# Name of the file -> address. Somebody new, who has nothing here.
NEWCOMER = {
    "home": "/", "today": "/today", "check-in": "/check-in", "quiz": "/quiz", "read": "/read", "emergency": "/emergency",
    "article": "/read/is-it-for-me", "search": "/search", "claims": "/claims", "glossary": "/glossary", "plan": "/plan",
    "list": "/list", "progress": "/progress", "me": "/me", "resume": "/resume", "about": "/about", "privacy": "/privacy",
    "offline": "/offline",
}  # fmt: skip
# Somebody with rheumatoid arthritis, after a first check-in.
PERSON = {
    "person-today": "/today", "person-check-in": "/check-in", "person-plan": "/plan", "person-list": "/list",
    "person-progress": "/progress", "person-me": "/me",
}  # fmt: skip
# What has no word and no meaning of its own; its children stand in its place.
_PASSED = {
    "none", "generic", "paragraph", "LabelText", "Abbr", "strong", "emphasis", "superscript", "subscript", "code", "Pre",
    "time", "mark", "RootWebArea", "DescriptionList", "sectionheader", "sectionfooter", "Legend", "SvgRoot", "rowgroup",
}  # fmt: skip
_PASSED_WITHOUT_NAME = {"group", "article", "form"}
_DROPPED = {"InlineTextBox", "ListMarker", "LineBreak"}
_STATES = (
    "checked",
    "pressed",
    "expanded",
    "selected",
    "disabled",
    "required",
    "invalid",
    "level",
    "live",
    "valuetext",
)
_CHANGING = (
    (re.compile(r"\b[CDFHJKMNPQRTVWXY]{4}-[CDFHJKMNPQRTVWXY]{4}-[CDFHJKMNPQRTVWXY]{4}\b"), "{code}"),
    (re.compile(r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: 20\d\d)?\b"), "{day}"),
    (re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?: 20\d\d)?\b"), "{day}"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "{day}"),
    (re.compile(r"\b\d\d:\d\d\b"), "{time}"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "{id}"),
    (re.compile(r"\bAcupwa uses about [0-9.]+ [KM]B\b"), "Acupwa uses about {used}"),
    (re.compile(r"\bContent version [0-9a-f]{12}\b"), "Content version {version}"),
)  # fmt: skip


class Node(NamedTuple):
    role: str
    name: str
    states: str
    ignored: bool
    children: list[str]


def heard(page: Any) -> list[str]:
    """One line for each thing a reader stops at: role, name, state; indented by what it stands in."""
    wire = page.context.new_cdp_session(page)
    wire.send("DOM.enable")
    wire.send("Accessibility.enable")
    current = {
        node["backendNodeId"]
        for node in wire.send("DOM.getFlattenedDocument", {"depth": -1})["nodes"]
        if "aria-current" in node.get("attributes", [])[::2]
    }
    found = wire.send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: _read(node, node.get("backendDOMNodeId") in current) for node in found}
    wire.detach()
    title = _steady(page.title())
    return [f'page "{title}"', *_lines(found[0]["nodeId"], nodes, 0, "")]


def _read(node: Mapping[str, Any], is_current: bool) -> Node:
    role, name = (str(node.get(key, {}).get("value", "")) for key in ("role", "name"))
    told = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    said = [f"{key} {told[key]}" for key in _STATES if told.get(key) not in (None, "", "false", "off", False)]
    said = [one for one in said if role == "heading" or not one.startswith("level")]
    said += ["not checked"] if told.get("checked") == "false" else []
    said += ["closed"] if told.get("expanded") is False else []
    said += ["current"] if is_current else []
    described = str(node.get("description", {}).get("value", ""))
    said += [f'described "{described}"'] if described and described != name else []
    states = f" [{', '.join(said)}]" if said else ""
    return Node(role, " ".join(name.split()), states, bool(node.get("ignored")), node.get("childIds", []))


def _lines(id: str, nodes: Mapping[str, Node], depth: int, said: str) -> Iterator[str]:
    """`said` is the name of what this stands in: its own words are not told twice."""
    node = nodes.get(id)
    if node is None or node.role in _DROPPED:
        return
    if node.role == "StaticText":
        if node.name and node.name not in said:
            yield "  " * depth + _steady(node.name)
        return
    passed = node.ignored or node.role in _PASSED or (node.role in _PASSED_WITHOUT_NAME and not node.name)
    if node.role == "LabelText":
        said = " ".join((said, *_names(id, nodes)))
    elif not passed:
        yield "  " * depth + _steady(f"{node.role}{' ' * bool(node.name)}{_quoted(node.name)}{node.states}")
        if node.role == "image":  # what is in it is for the eye alone
            return
        depth, said = depth + 1, f"{said} {node.name}" if node.name else said
    for child in node.children:
        yield from _lines(child, nodes, depth, said)


def _names(id: str, nodes: Mapping[str, Node]) -> Iterator[str]:
    """Of the controls in a label: they say its words."""
    for child in nodes[id].children:
        if child in nodes:
            if nodes[child].role in ("checkbox", "radio", "textbox"):
                yield nodes[child].name
            yield from _names(child, nodes)


def _quoted(name: str) -> str:
    return f'"{name}"' if name else ""


def _steady(text: str) -> str:
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text


def of_a_newcomer(page: Any) -> Iterator[Heard]:
    yield from _opened(page, NEWCOMER)


def of_a_person(page: Any) -> Iterator[Heard]:
    """Each screen of a check-in as it opens, the summary, and the pages that now know the person."""
    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    while (screen := screen_of(page)) != "review":
        yield f"quiz-{screen}", _settled(page)
        answer_screen(page, screen, RA)
        go_on(page)
    yield "quiz-review", _settled(page)
    finish(page)
    yield "summary", _settled(page)
    yield from _opened(page, PERSON)


WHO = {"newcomer": of_a_newcomer, "person": of_a_person}


def _opened(page: Any, addresses: Mapping[str, str]) -> Iterator[Heard]:
    for name, address in addresses.items():
        page.goto(address)
        yield name, _settled(page)


def _settled(page: Any) -> list[str]:
    """After what scripts add to a page has been added."""
    started(page)
    page.wait_for_load_state("networkidle")
    return heard(page)


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def on_a_phone(browser: Any, url: str) -> Any:
    """Without a worker: what it has stored would be heard in place of what is served."""
    context = browser.new_context(**PHONE, base_url=url, service_workers="block")
    context.add_init_script(SAVES_DATA)
    return context.new_page()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    written = set()
    with tempfile.TemporaryDirectory() as folder, launched_browser() as browser:
        server = Server(Path(folder)).start()
        try:
            for walk in WHO.values():
                for name, lines in walk(on_a_phone(browser, server.url)):
                    file_of(name).write_text("\n".join(lines) + "\n")
                    written.add(file_of(name))
        finally:
            server.stop()
    for file in set(FOLDER.glob("*.txt")) - written:
        file.unlink()


if __name__ == "__main__":
    main()
