"""What a client takes, read by the grammar of RFC 9110. Pure; nothing here raises.

A member of a list that is not written as the grammar has it counts as not there, as if nobody had asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"'
_PARAMETER = rf"[ \t]*+;[ \t]*+(?:{_WORD}=(?:{_WORD}|{_QUOTED}))?"
_MEMBER = re.compile(rf"[ \t]*(?P<name>{_WORD}(?:/{_WORD})?)(?P<parameters>(?:{_PARAMETER})*+)[ \t]*+")
_ONE_PARAMETER = re.compile(rf";[ \t]*+(?P<name>{_WORD})=(?P<value>{_WORD}|{_QUOTED})")
_QVALUE = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"[ \t]*+(?:{_TAG})?(?:[ \t]*+,[ \t]*+(?:{_TAG})?)*+[ \t]*+")
_ONE_TAG = re.compile(rf"{_TAG}")
_ALIASES = {"x-gzip": "gzip", "x-compress": "compress"}
# What is longer than this was not written by a browser. It would take its time to read.
_LONGEST = 4_096


def best_coding(accepted: str, made: Sequence[str]) -> str:
    """The content coding that the client likes best of those that are `made`, the smallest first; empty for none.

    None is sent, too, to a client that takes nothing at all: it may be able to read it, and nobody could tell it so.
    """
    weights = {_ALIASES.get(name, name): weight for name, weight in _weights(accepted).items()}
    rest = weights.get("*", 0.0)
    # As it is, it is always welcome, but for who says otherwise; and less so than what was asked for.
    plain = weights.get("identity", rest)
    liked = {name: weights.get(name, rest) for name in made}
    best = max(made, key=lambda name: liked[name], default="")
    return best if best and liked[best] > 0 and liked[best] >= plain else ""


def takes_pages(accept: str) -> bool:
    """Whether HTML is asked for by its name, as every browser does: who takes anything (`*/*`) is a program."""
    weights = _weights(accept)
    return weights.get("text/html", weights.get("text/*", 0.0)) > 0


def has_tag(known: str, tag: str) -> bool:
    """Whether `If-None-Match` names the entity tag `tag`, a strong one with its quotes. Broken lists name nothing."""
    if known.strip(" \t") == "*":
        return True
    if len(known) > _LONGEST or not _TAGS.fullmatch(known):
        return False
    return any(one.removeprefix("W/") == tag for one in _ONE_TAG.findall(known))


def joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """By small names; several of one name are one list, as HTTP has it (cookies are joined in their own way)."""
    found: dict[bytes, bytes] = {}
    for given, value in headers:
        name = given.lower()
        between = b"; " if name == b"cookie" else b", "
        found[name] = found[name] + between + value if name in found else value
    return found


def _weights(value: str) -> Mapping[str, float]:
    """By names in small letters, from 0 (not at all) to 1. What stands twice has the weight that was given last."""
    return dict(_members(value)) if len(value) <= _LONGEST else {}


def _members(value: str) -> Iterator[tuple[str, float]]:
    for part in _parts(value):
        found = _MEMBER.fullmatch(part)
        if not found:
            continue
        given = _ONE_PARAMETER.finditer(found["parameters"])
        text = next((one["value"] for one in given if one["name"].lower() == "q"), "1")
        if _QVALUE.fullmatch(text):
            yield found["name"].lower(), float(text)


def _parts(value: str) -> Iterator[str]:
    """Between commas that stand in no quotes."""
    start, quoted, escaped = 0, False, False
    for place, one in enumerate(value):
        if escaped:
            escaped = False
        elif quoted and one == "\\":
            escaped = True
        elif one == '"':
            quoted = not quoted
        elif one == "," and not quoted:
            yield value[start:place]
            start = place + 1
    yield value[start:]
