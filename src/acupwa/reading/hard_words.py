"""Hard words: found where a page first uses them, and listed on `/glossary`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from acupwa.library.model import GlossaryEntry, Library
from acupwa.wording import gettext as _

_BEFORE = "[(\\[\"'“‘]*"
_AFTER = "[)\\]\"'”’.,;:!?…]*"


class Marker:
    """Finds the first use of each word, part by part of a page. `used` holds all that were found, in order."""

    def __init__(self, glossary: Mapping[str, GlossaryEntry]) -> None:
        self._exact: dict[str, GlossaryEntry] = {}
        self._any_case: dict[str, GlossaryEntry] = {}
        for entry in glossary.values():
            if entry.mark:
                self._add(entry)
        self._pattern = _pattern([*self._exact, *self._any_case])
        self._seen: set[str] = set()
        self.used: dict[str, GlossaryEntry] = {}

    def start_part(self) -> None:
        """A part can be read without those before it: in it each word is marked anew."""
        self._seen.clear()

    def split(self, text: str) -> Iterable[tuple[str, GlossaryEntry | None]]:
        """`text` in pieces; a first use of a word stands by itself, with its entry and its punctuation."""
        if self._pattern is None:
            yield text, None
            return
        done = 0
        for found in self._pattern.finditer(text):
            entry = self._exact.get(found[1]) or self._any_case.get(found[1].casefold())
            if entry is None or entry.id in self._seen:
                continue
            self._seen.add(entry.id)
            self.used[entry.id] = entry
            if found.start() > done:
                yield text[done : found.start()], None
            yield found[0], entry
            done = found.end()
        if done < len(text):
            yield text[done:], None

    def _add(self, entry: GlossaryEntry) -> None:
        for form in (entry.word, *entry.also):
            # NICE is not nice, and a PEG is no peg.
            if form.isupper():
                self._exact[form] = entry
            else:
                self._any_case[form.casefold()] = entry


def _pattern(forms: list[str]) -> re.Pattern[str] | None:
    if not forms:
        return None
    longest_first = sorted(forms, key=len, reverse=True)
    # A part of a longer word is another word: "sham-controlled" is left alone.
    form = rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])"
    return re.compile(_BEFORE + form + _AFTER, re.IGNORECASE)


def around(words: str) -> tuple[str, str, str]:
    """`("sham").` → `("`, `sham`, `").`"""
    word = re.sub(rf"^{_BEFORE}|{_AFTER}$", "", words)
    before, _word, after = words.partition(word)
    return before, word, after


class GlossaryLetter(msgspec.Struct, frozen=True):
    name: str
    entries: tuple[GlossaryEntry, ...]


class GlossaryPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "reading/glossary.html"
    title: str
    description: str
    letters: tuple[GlossaryLetter, ...]
    number: int


def glossary_page(library: Library) -> GlossaryPage:
    letters: dict[str, list[GlossaryEntry]] = {}
    for entry in sorted(library.glossary.values(), key=lambda one: one.word.casefold()):
        letters.setdefault(entry.word[0].upper(), []).append(entry)
    return GlossaryPage(
        title=_("Hard words"),
        description=_("Hard words about acupuncture, studies and autoimmune conditions, explained simply."),
        letters=tuple(GlossaryLetter(name, tuple(entries)) for name, entries in letters.items()),
        number=len(library.glossary),
    )
