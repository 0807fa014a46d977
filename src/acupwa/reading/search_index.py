"""What the search knows, built from the library: reading pages, the claims check, hard words and studies. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

import msgspec

from acupwa.library.model import Library, ReadingPage, RedFlag
from acupwa.library.references import FOLD, plain_words
from acupwa.reading.search import Place, SearchIndex
from acupwa.reading.search_words import stems
from acupwa.reading.sources import study_name, whole_title
from acupwa.reading.study_words import condition_words
from acupwa.reading.verdicts import popular_link
from acupwa.wording import gettext as _

# BM25: how soon more of the same word stops counting, and how much a long text is held back. Within the usual range.
_K1, _B = 1.5, 0.6
_TITLE, _SUMMARY, _TEXT = 12.0, 3.0, 1.0
_SCALE = 3
_LONGEST_SUMMARY = 130
_HEADING_LINE = re.compile(r"^#{2,}\s+(.*)$", re.MULTILINE)
_SIGN_PARTS = re.compile(r"[,;]| or ")
_SAYS_NO_SIGN = frozenset(stems("a an the new newly sudden suddenly very clearly over with of or and in on to at"))
_URGENT = ("emergency-now", "same-day")

Words = Mapping[float, str]


class SearchEntry(msgspec.Struct, frozen=True):
    """One thing to find: its place, its words by their weight, and how much its kind counts."""

    place: Place
    words: Words
    kind_counts: float


def index_of(library: Library) -> SearchIndex:
    entries = tuple(_entries(library))
    places = {entry.place[0]: number for number, entry in enumerate(entries)}
    words = library.search_words
    ignored = frozenset(stem for word in words.ignored for stem in stems(word))
    return SearchIndex(
        version=library.version,
        kinds={
            "sign": _("Danger sign"),
            "page": _("Page"),
            "claim": _("Claims check"),
            "word": _("Hard word"),
            "study": _("Study"),
        },
        docs=tuple(entry.place for entry in entries),
        words=_weigh(entries, ignored),
        ignored=tuple(sorted(ignored)),
        meanings=_meanings(library),
        danger=_signs((*words.danger, *_short_signs(library.red_flags.values(), words.no_danger))),
        signs=tuple(
            (places[_sign_address(id)], tuple(stems(line))) for id, lines in words.signs.items() for line in lines
        ),
        crisis=_signs(words.crisis),
    )


def _sign_address(id: str) -> str:
    return f"/emergency#{id}"


def _entries(library: Library) -> Iterable[SearchEntry]:
    for flag in library.red_flags.values():
        yield SearchEntry(
            (_sign_address(flag.id), "sign", flag.short, _brief(flag.do)),
            {_SUMMARY: flag.short, _TEXT: flag.sign},
            0.3,
        )
    for page in sorted(library.pages.values(), key=lambda page: (page.head.order, page.slug)):
        yield SearchEntry(
            (f"/read/{page.slug}", "page", page.head.title, _brief(page.head.summary)), _of_page(page), 1.0
        )
    for popular in library.popular.values():
        link = popular_link(popular)
        yield SearchEntry(
            (link.href, "claim", link.claim, _brief(f"{link.verdict.word}. {link.short}")),
            {_TITLE: popular.claim, _SUMMARY: popular.short, _TEXT: plain_words(popular.why)},
            0.8,
        )
    for entry in library.glossary.values():
        yield SearchEntry(
            (f"/glossary#{entry.id}", "word", entry.word, _brief(entry.says)),
            {_TITLE: " ".join((entry.word, *entry.also)), _TEXT: entry.says},
            0.6,
        )
    for study in library.studies.values():
        name = study_name(study) if study.authors else whole_title(study)
        title = whole_title(study)
        conditions = " ".join(condition_words(one, library) for one in study.conditions)
        yield SearchEntry(
            (f"/studies/{study.id}", "study", name, _brief(title) if title != name else ""),
            {_TITLE: name, _SUMMARY: f"{title} {conditions}"},
            0.45,
        )


def _of_page(page: ReadingPage) -> Words:
    head = page.head
    box = (head.bottom_line.line, head.bottom_line.may, head.bottom_line.does_not, head.bottom_line.safety)
    return {
        _TITLE: head.title,
        _SUMMARY: " ".join((head.summary, *_HEADING_LINE.findall(FOLD.sub("", page.markdown)))),
        _TEXT: " ".join((*box, head.bottom_line.ask, *head.short, plain_words(page.markdown))),
    }


def _weigh(entries: tuple[SearchEntry, ...], ignored: frozenset[str]) -> dict[str, tuple[int, ...]]:
    counts = [_counts(entry.words, ignored) for entry in entries]
    lengths = [sum(found.values()) for found in counts]
    average = sum(lengths) / len(lengths) if lengths else 1.0
    standing: dict[str, list[tuple[int, float]]] = {}
    for place, found in enumerate(counts):
        held_back = 1 - _B + _B * lengths[place] / average
        for word, count in found.items():
            often = count / held_back
            standing.setdefault(word, []).append(
                (place, often * (_K1 + 1) / (often + _K1) * entries[place].kind_counts)
            )
    return {word: _pairs(standing[word], len(entries)) for word in sorted(standing) if len(word) > 1 or word.isdigit()}


def _counts(words: Words, ignored: frozenset[str]) -> dict[str, float]:
    """A word of a short title says more of the page than one of a long title."""
    found: dict[str, float] = {}
    for weight, text in words.items():
        written = stems(text)
        if weight == _TITLE:
            weight /= math.sqrt(max(1, sum(word not in ignored for word in written)))
        for word in written:
            found[word] = found.get(word, 0.0) + weight
    return found


def _pairs(standing: list[tuple[int, float]], number: int) -> tuple[int, ...]:
    rare = math.log(1 + (number - len(standing) + 0.5) / (len(standing) + 0.5))
    pairs: list[int] = []
    before = -1
    for place, weight in standing:
        pairs += (place - before, max(1, round(weight * rare * _SCALE)))
        before = place
    return tuple(pairs)


def _meanings(library: Library) -> dict[str, tuple[str, ...]]:
    """Lay words of the content, and the other forms that the glossary knows."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in library.glossary.values():
        for form in entry.also:
            _add(found, form, entry.word)
    for said, means in library.search_words.meanings.items():
        _add(found, said, means)
    return dict(sorted(found.items()))


def _add(found: dict[str, tuple[str, ...]], said: str, means: str) -> None:
    key, meaning = " ".join(stems(said)), tuple(stems(means))
    if key and key != " ".join(meaning):
        found[key] = meaning


def _short_signs(flags: Iterable[RedFlag], but: Iterable[str]) -> Iterable[str]:
    """The parts of each sign's heading, such as `weak arm`; a single word says too little."""
    left_out = {_bare(line) for line in but}
    for flag in flags:
        if flag.urgency in _URGENT:
            parts = (_bare(part) for part in _SIGN_PARTS.split(flag.short))
            yield from (part for part in parts if " " in part and part not in left_out)


def _bare(text: str) -> str:
    return " ".join(word for word in stems(text) if word not in _SAYS_NO_SIGN)


def _signs(lines: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted({tuple(stems(line)) for line in lines}))


def _brief(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[:_LONGEST_SUMMARY].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
