"""Every declaration of the style sheets is understood by each engine, or stands here with what its lack means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
import tinycss2

from tests.support.engines import ENGINES, evaluate
from tests.support.paths import ROOT

SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
# (engine, property) -> what is seen where it is not understood.
_SIZE = "phones have it in their own engine; on a desktop nothing grows text by itself"
_PRINT = "a paragraph may break over two sheets"
_PREFIX = "stands without its prefix too"
GRACEFUL: Mapping[tuple[str, str], str] = {
    ("chromium", "-webkit-hyphens"): _PREFIX,
    ("firefox", "-webkit-hyphens"): _PREFIX,
    ("firefox", "-webkit-text-size-adjust"): _SIZE,
    ("firefox", "text-size-adjust"): _SIZE,
    ("firefox", "text-wrap"): "a last line may hold one word",
    ("firefox", "orphans"): _PRINT,
    ("firefox", "widows"): _PRINT,
    ("webkitgtk", "-webkit-text-size-adjust"): _SIZE,
    ("webkitgtk", "text-size-adjust"): _SIZE,
    ("webkitgtk", "forced-color-adjust"): "it has no forced colours",
    ("webkitgtk", "user-select"): "stands with its prefix too",
}
# At-rules that hold descriptors of their own, which `CSS.supports` knows nothing of.
_OF_THEIR_OWN = ("page", "view-transition", "font-face", "counter-style", "property")
_NOT_UNDERSTOOD = "(all) => all.filter(([property, value]) => !CSS.supports(property, value))"
_VARIABLE = re.compile(r"var\((--[a-z0-9-]+)\)")


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Each property with its value, of all rules however deep."""
    for rule in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "declaration":
            yield rule.name, tinycss2.serialize(rule.value).strip()
        elif rule.content and getattr(rule, "lower_at_keyword", "") not in _OF_THEIR_OWN:
            yield from declarations(tinycss2.serialize(rule.content))


def with_values(value: str, tokens: Mapping[str, str]) -> str:
    """Without variables: a value with one is always taken to be understood."""
    while True:
        plain = _VARIABLE.sub(lambda found: tokens.get(found[1], found[0]), value)
        if plain == value:
            return value
        value = plain


@pytest.fixture(scope="module")
def written() -> list[tuple[str, str]]:
    """With the values of the light and of the dark tokens."""
    found = [one for sheet in SHEETS for one in declarations(sheet.read_text())]
    custom = [(name, value) for name, value in found if name.startswith("--")]
    rest = [(name, value) for name, value in found if not name.startswith("--")]
    schemes = (dict(custom), dict(reversed(custom)))
    return sorted({(name, with_values(value, scheme)) for scheme in schemes for name, value in rest})


def test_the_reader_finds_declarations_however_deep():
    sheet = "a { color: red } @media print { @supports (x: y) { b:hover { rotate: 4deg; } } } @page { size: a4 }"

    assert list(declarations(sheet)) == [("color", "red"), ("rotate", "4deg")]


@pytest.mark.browser
@pytest.mark.parametrize("engine", ENGINES)
def test_each_declaration_is_understood(engine, written):
    planted = ("border-block", "0 1px")
    asked = [*map(list, written), list(planted)]
    missed = [tuple(one) for one in evaluate(engine, _NOT_UNDERSTOOD, asked)]

    assert planted in missed
    unknown = [one for one in missed if one != planted and (engine, one[0]) not in GRACEFUL]
    assert not unknown
    assert len(written) > 500
    unneeded = {name for kind, name in GRACEFUL if kind == engine} - {name for name, _ in missed}
    assert not unneeded
