"""How we say things: kinds of wording that no reader meets. The list is content, `voice.yaml`; docs/words.md shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from acupwa.library.content_reader import ContentReader, content_files, read_yaml
from acupwa.library.faults import Fault
from acupwa.library.model import Content

VOICE = "voice.yaml"
# Lists of words for the search and for the checks themselves: nobody reads them as our own.
_NOT_READ = (VOICE, "search-words.yaml", "easy-words.yaml", "exceptions.yaml")
# What others wrote or printed, and what only files and code read.
_NOT_OURS = frozenset(
    {"id", "authors", "journal", "ref", "doi", "pmid", "aliases", "also", "claim", "by", "earlier_consents"}
)
_TITLES_OF_OTHERS = "studies/"
_PUBLISHED = "quiz/instruments.yaml"
_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_KEEP_MEDICINES = re.compile(
    r"\b(?:keep|carry on|go on)(?: on)?(?: taking| with)?(?: all)?(?: of)? your(?: own| usual| prescribed)? "
    r"(?:medicines?|tablets?|treatment)\b",
    re.IGNORECASE,
)


class VoiceRule(Content, frozen=True, kw_only=True):
    """`not_`: a pattern that is refused; `like` a sentence that it refuses; `say` how we would write that one."""

    id: str
    not_: str = msgspec.field(name="not")
    like: str
    say: str

    def found_in(self, words: str) -> re.Match[str] | None:
        return re.search(self.not_, " ".join(words.split()), re.IGNORECASE)


def load_voice(folder: Path, language: str = "en") -> tuple[VoiceRule, ...]:
    """The list of one language; none where it has none yet. Raises ContentError."""
    if not (folder / language / VOICE).exists():
        return ()
    return tuple(ContentReader(folder / language).one(VOICE, list[VoiceRule]))


def voice_faults(folder: Path, language: str = "en") -> Iterator[Fault]:
    """Every place of the content that is worded as `voice.yaml` says it is not; reminders that stand twice on a page."""
    rules = load_voice(folder, language)
    for name, place, words in _content_words(folder / language):
        for rule in rules:
            if found := rule.found_in(words):
                yield Fault(name, place, f"“{found[0]}” is not how we say it ({rule.id}): “{rule.say}”")
    for file in content_files(folder / language / "reading", "*.md"):
        reminders = _KEEP_MEDICINES.findall(" ".join(file.read_text(encoding="utf-8").split()))
        if len(reminders) > 1:
            yield Fault(
                f"reading/{file.name}", "", f"says {len(reminders)} times to keep one’s medicines: once is enough"
            )


def _content_words(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every text of the content: its file, its place and its words."""
    for file in content_files(folder, "*.yaml"):
        name = file.relative_to(folder).as_posix()
        if name not in _NOT_READ:
            for place, words in _texts(read_yaml(file.read_text(encoding="utf-8")), name):
                yield name, place, words
    for file in content_files(folder / "reading", "*.md"):
        name = file.relative_to(folder).as_posix()
        text = file.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        for place, words in _texts(read_yaml(head[1]) if head else {}, name):
            yield name, place, words
        for number, paragraph in enumerate(text[head.end() if head else 0 :].split("\n\n"), start=1):
            yield name, f"paragraph {number}", paragraph


def _texts(value: Any, name: str, place: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if not _is_of_others(str(key), name):
                yield from _texts(inner, name, f"{place}.{key}".strip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            id = inner.get("id", index) if isinstance(inner, Mapping) else index
            yield from _texts(inner, name, f"{place}.{id}".strip("."))


def _is_of_others(key: str, name: str) -> bool:
    return (
        key in _NOT_OURS
        or (key == "title" and name.startswith(_TITLES_OF_OTHERS))
        or (key in ("items", "text", "answers") and name == _PUBLISHED)
    )
