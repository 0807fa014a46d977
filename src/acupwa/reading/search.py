"""Search: one small index and one rule, for the server here and for the phone in `static/js/search.js`. Pure.

BM25 with weights for title, summary, headings and text, worked out when the index is built: each word has a whole
number for each place it stands in. A question then only adds whole numbers, so both sides give the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from acupwa.reading.search_words import nearly_same, stems

MOST_LETTERS = 100
MOST_WORDS = 12
MOST_HITS = 20
LEAST_FOR_PREFIX = 3
LEAST_FOR_SLIP = 5
LEAST_FOR_SLIP_IN_DANGER = 4
LONGEST_PHRASE = 3
EXACT, MEANING, PREFIX, SLIP = 10, 7, 6, 5

Place = tuple[str, str, str, str]


class SearchIndex(msgspec.Struct, frozen=True):
    """`docs` are (address, kind, title, summary). `words` map a stem to pairs: steps to the next doc, then weight.

    `danger` and `crisis` are lists of stems that must all be there. `signs` are such lists too, each behind the number
    of the doc that it leads to first. `kinds` name the kinds of docs.
    """

    version: str
    kinds: Mapping[str, str]
    docs: tuple[Place, ...]
    words: Mapping[str, tuple[int, ...]]
    ignored: tuple[str, ...]
    meanings: Mapping[str, tuple[str, ...]]
    danger: tuple[tuple[str, ...], ...]
    signs: tuple[tuple[int, tuple[str, ...]], ...]
    crisis: tuple[tuple[str, ...], ...]


class SearchResult(msgspec.Struct, frozen=True):
    """`places` are numbers of docs, best first, no more than MOST_HITS; `number` is how many there are in all."""

    places: tuple[int, ...]
    number: int
    danger: bool
    crisis: bool


def find(index: SearchIndex, question: str) -> SearchResult:
    """Any text will do; what has no letters or digits finds nothing."""
    asked = stems(question[:MOST_LETTERS])[:MOST_WORDS]
    total: dict[int, int] = {}
    parts: dict[int, int] = {}
    for weights in _parts(index, asked):
        for place, weight in weights.items():
            total[place] = total.get(place, 0) + weight
            parts[place] = parts.get(place, 0) + 1
    order = sorted(total, key=lambda place: (-total[place] * parts[place], place))
    named = _signs_named(index, asked)
    order = list(dict.fromkeys([*named, *order]))
    return SearchResult(
        tuple(order[:MOST_HITS]),
        len(order),
        danger=bool(named) or _names_any(index.danger, asked),
        crisis=_names_any(index.crisis, asked),
    )


def _parts(index: SearchIndex, asked: list[str]) -> Iterable[dict[int, int]]:
    """The weights of each part of a question: a phrase with a meaning of its own, or a word."""
    ignored = set(index.ignored)
    all_ignored = all(word in ignored for word in asked)
    at = 0
    while at < len(asked):
        length = next((n for n in range(LONGEST_PHRASE, 0, -1) if " ".join(asked[at : at + n]) in index.meanings), 0)
        here = asked[at : at + max(length, 1)]
        last = at + len(here) == len(asked)
        at += len(here)
        if not length and not all_ignored and here[0] in ignored:
            continue
        own = _added(
            _word(index, word, last and word is here[-1]) for word in here if word not in ignored or all_ignored
        )
        meaning = index.meanings[" ".join(here)] if length else ()
        for word in meaning:
            for place, weight in _weights(index, word):
                own[place] = max(own.get(place, 0), weight * MEANING)
        yield own


def _added(several: Iterable[dict[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for weights in several:
        for place, weight in weights.items():
            total[place] = total.get(place, 0) + weight
    return total


def _word(index: SearchIndex, word: str, unfinished: bool) -> dict[int, int]:
    """The word itself; what it may be the beginning of; or, when it is neither, what one slip makes of it."""
    best: dict[int, int] = {}

    def take(other: str, factor: int) -> None:
        for place, weight in _weights(index, other):
            best[place] = max(best.get(place, 0), weight * factor)

    take(word, EXACT)
    if unfinished and len(word) >= LEAST_FOR_PREFIX:
        for other in index.words:
            if other != word and other.startswith(word):
                take(other, PREFIX)
    if not best and len(word) >= LEAST_FOR_SLIP:
        for other in index.words:
            if nearly_same(word, other):
                take(other, SLIP)
    return best


def _weights(index: SearchIndex, word: str) -> Iterable[tuple[int, int]]:
    pairs = index.words.get(word, ())
    place = -1
    for at in range(0, len(pairs), 2):
        place += pairs[at]
        yield place, pairs[at + 1]


def _signs_named(index: SearchIndex, asked: list[str]) -> list[int]:
    """The danger signs that the question names, the one that most words tell of first.

    A word that stands in the index is meant as it is typed: a steroid injection is no slip for a steroid infection.
    """
    slips = [word for word in asked if word not in index.words]
    told: dict[int, int] = {}
    for place, words in index.signs:
        if len(words) > told.get(place, 0) and all(word in asked or _among(word, slips) for word in words):
            told[place] = len(words)
    return sorted(told, key=lambda place: (-told[place], place))


def _names_any(signs: tuple[tuple[str, ...], ...], asked: list[str]) -> bool:
    return any(all(_among(word, asked) for word in sign) for sign in signs)


def _among(word: str, asked: list[str]) -> bool:
    if word in asked:
        return True
    return len(word) >= LEAST_FOR_SLIP_IN_DANGER and any(
        len(other) >= LEAST_FOR_SLIP_IN_DANGER and nearly_same(word, other) for other in asked
    )
