"""The sentences that a patient reads in the quiz, the summary, the planner, Today and reminders: content, found by key.

They stand in `content/<language>/sentences/FILE.yaml` under `GROUP: NAME:`; the key is `FILE.GROUP.NAME`. A sentence
that counts something has a form for each plural of its language (Unicode CLDR: `one`, `few`, `other` …), chosen by `n`.
What a language lacks is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from acupwa.wording import cldr_locale, content_folder, filled, language

FOLDER = "sentences"
Plural = Literal["zero", "one", "two", "few", "many", "other"]
Sentence = str | dict[Plural, str]
Groups = dict[str, dict[str, Sentence]]


def say(key: str, n: int | None = None, **values: object) -> str:
    """The sentence with its `{name}`s filled in, `n` among them; without values as it is written. Raises KeyError."""
    words = sentence_of(key, n)
    if n is not None:
        return filled(words, n=n, **values)
    return filled(words, **values) if values else words


def sentence_of(key: str, n: int | None = None) -> str:
    """The sentence as it is written, in the form that fits `n` where it counts something. Raises KeyError."""
    of_language = language()
    sentence = _sentences(of_language).get(key) or _sentences("en")[key]
    if isinstance(sentence, str):
        return sentence
    form: Any = cldr_locale(of_language).plural_form(n or 0)
    return sentence.get(form, sentence["other"])


def read_sentences(folder: Path) -> Mapping[str, Sentence]:
    """All below one language's content, by key. Raises msgspec.DecodeError and ValidationError."""
    files = sorted((folder / FOLDER).glob("*.yaml"))
    return {
        f"{file.stem}.{group}.{name}": sentence
        for file in files
        for group, sentences in msgspec.yaml.decode(file.read_bytes(), type=Groups).items()
        for name, sentence in sentences.items()
    }


@cache
def _sentences(of_language: str) -> Mapping[str, Sentence]:
    return read_sentences(content_folder(of_language))
