"""Words as the search sees them. Pure; `static/js/search.js` does the same, and a test holds the two together."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`]")
_WORD = re.compile(r"[a-z0-9]+")
_ES = ("sses", "shes", "ches", "xes", "zes")
_KEEPS_S = ("ss", "us", "is")


def stems(text: str) -> list[str]:
    """The words of a text without case, accents, apostrophes and plural endings."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).lower())
    plain = "".join(one for one in plain if unicodedata.category(one)[0] != "M")
    return [stem(word) for word in _WORD.findall(plain)]


def stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(_ES):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEEPS_S):
        return word[:-1]
    return word


def nearly_same(a: str, b: str) -> bool:
    """Whether one slip makes one of the other: a letter too many, too few, wrong, or two that changed places."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if rest_a[1:] == rest_b or rest_a == rest_b[1:] or rest_a[1:] == rest_b[1:]:
        return True
    return len(rest_a) > 1 and rest_a[:2] == rest_b[:2][::-1] and rest_a[2:] == rest_b[2:]
