"""What may not be a password, and why. Pure.

How many guesses one takes is worked out by zxcvbn, with its own lists of common passwords, words and names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from acupwa.practice.accounts.model import Clinic, Practitioner
from acupwa.web.text import opaque

Weakness = Literal["short", "long", "own", "common", "keys", "repeated", "day", "easy"]

PASSWORD_LEAST, PASSWORD_MOST = 12, 200
# The highest of the five bands of zxcvbn begins here.
GUESSES_LEAST = 10**10
# One word of its lists takes fewer.
_GUESSES_OF_A_WORD = 10**6
# Of a longer one the first and the last characters are looked at: the time grows with the square of the length.
_LOOKED_AT = 40
# Letters beside one's own words, and in a word with signs around it.
_LETTERS_LEAST, _WORD_LEAST = 6, 5
_OWN_LEAST = 3
# What is left to chance between words that are known.
_GUESSED_MOST = 3
# Known to everyone since they were printed as good ones.
_FAMOUS = frozenset({"correcthorsebatterystaple", "thequickbrownfox", "lazydog", "fourrandomwords", "tobeornottobe"})
_PRODUCT = ("acupwa", "acupuncture", "acupuncturist", "clinic", "practice")
_SIGNS = (str.maketrans("0134578@$!+", "oieastbasit"), str.maketrans("0134578@$!+|", "oleastbaslti"))
_REASONS: dict[str, Weakness] = {
    "spatial": "keys", "sequence": "keys", "repeat": "repeated", "date": "day", "regex": "day",
}  # fmt: skip


def own_words(clinic: Clinic, who: Practitioner, origin: str, name: str = "") -> frozenset[str]:
    """What anyone can know of them: the clinic, how to reach it, the person and their address, this site, the product.

    Each whole and in its parts, in small plain letters. `origin` is the address of this site, `name`
    as it is just being typed.
    """
    return words_known(origin, clinic.name, clinic.contact, who.name, name, who.email)


def words_known(origin: str, *told: str) -> frozenset[str]:
    """The same of what is `told` of them, before there is an account."""
    names = tuple(one.partition("@")[0] for one in told if "@" in one)
    known = (*told, *names, urlsplit(origin).hostname or "", *_PRODUCT)
    return frozenset(word for text in known for word in _words_in(text) if len(word) >= _OWN_LEAST)


def find_weakness(password: str, own: Iterable[str]) -> Weakness | None:
    """Why it may not be one; None when it may. `own` are the words of `own_words`."""
    typed, own = opaque(password), frozenset(own)
    if not PASSWORD_LEAST <= len(typed) <= PASSWORD_MOST:
        return "short" if len(typed) < PASSWORD_LEAST else "long"
    if len(set(typed.casefold())) < 5:
        return "repeated"
    if _mostly(typed, own):
        return "own"
    if _mostly(typed, _FAMOUS) or _one_word_with_signs(typed):
        return "common"
    ends = dict.fromkeys((typed[:_LOOKED_AT], typed[-_LOOKED_AT:]))
    found = [_easy(end, own) for end in ends]
    return None if None in found else found[0]


def _easy(text: str, own: frozenset[str]) -> Weakness | None:
    """Why it is found soon, as it stands or, where that is known words, without what stands between them."""
    found, plain = _estimate(text, own), _estimate(_plain(text) or text, own)
    if _chance(plain["sequence"]) <= _GUESSED_MOST and plain["guesses"] < found["guesses"]:
        found = plain
    return _reason(found["sequence"]) if found["guesses"] < GUESSES_LEAST else None


def _chance(parts: list[dict[str, Any]]) -> int:
    """How many of its characters belong to nothing that is known."""
    return sum(len(part["token"]) for part in parts if part["pattern"] == "bruteforce")


def _reason(parts: list[dict[str, Any]]) -> Weakness:
    """By the longest part that was recognised."""
    known = [part for part in parts if part["pattern"] != "bruteforce"]
    if not known:
        return "easy"
    longest = max(known, key=lambda part: len(part["token"]))
    if longest["pattern"] == "dictionary":
        return "own" if longest["dictionary_name"] == "user_inputs" else "common"
    return _REASONS[longest["pattern"]]


def _mostly(text: str, known: frozenset[str]) -> bool:
    """Whether hardly a letter is left once these words are taken out, forwards or backwards."""
    words = sorted({*known, *(word[::-1] for word in known)}, key=lambda word: (-len(word), word))
    for letters in _letters_of(text):
        left = letters
        for word in words:
            left = left.replace(word, " ")
        if left != letters and sum(one.isalpha() for one in left) < _LETTERS_LEAST:
            return True
    return False


def _one_word_with_signs(text: str) -> bool:
    """Whether all its letters are one common word, as in `iloveyou!9#2024$`."""
    runs = re.findall(r"[^\W\d_]+", _folded(text))
    if len(runs) != 1 or len(runs[0]) < _WORD_LEAST:
        return False
    return bool(_estimate(runs[0][:_LOOKED_AT], ())["guesses"] < _GUESSES_OF_A_WORD)


def _estimate(text: str, own: Iterable[str]) -> dict[str, Any]:
    # Here: its lists take 30 ms and 17 MB, and few presses need them.
    from zxcvbn import zxcvbn

    found: dict[str, Any] = zxcvbn(text, user_inputs=sorted(own))
    return found


def _words_in(text: str) -> Iterator[str]:
    folded = _folded(text)
    parts = re.findall(r"\w+", folded)
    yield from (folded, *parts, "".join(parts))
    yield "".join(one for one in folded if one.isdigit())


def _letters_of(text: str) -> Iterator[str]:
    """Its letters and digits; and its letters where signs and digits stand for some, as in `n33dl3`."""
    folded = _folded(text)
    for signs in ({}, *_SIGNS):
        yield "".join(one for one in folded.translate(signs) if one.isalnum())


def _plain(text: str) -> str:
    return next(_letters_of(text))


def _folded(text: str) -> str:
    """In small letters without marks: `Müller` is `muller`."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))
