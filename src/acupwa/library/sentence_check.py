"""What keeps a sentence from being said: fields that differ from the English ones, a plural without `other`, a strange key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from acupwa.library.content_reader import ContentReader, content_files
from acupwa.library.faults import ContentError, Fault
from acupwa.sentences import FOLDER, Groups, Sentence
from acupwa.wording import CONTENT

_FIELD = re.compile(r"\{(\w*)\}")
HOME = "en"


def sentence_faults(folder: Path, language: str) -> list[Fault]:
    """`folder` is that of the languages. Another language may lack a sentence: it is said in English then."""
    sentences, faults = _read(folder / language)
    home = sentences if language == HOME else _read(CONTENT / HOME)[0]
    return faults + [
        Fault(f"{FOLDER}/{key.split('.')[0]}.yaml", key, words)
        for key, sentence in sentences.items()
        for words in _faults_of(sentence, home.get(key))
    ]


def fields_of(sentence: Sentence) -> frozenset[str]:
    """The names of what is filled in, in any of its forms."""
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return frozenset(field for words in forms for field in _FIELD.findall(words))


def _read(folder: Path) -> tuple[Mapping[str, Sentence], list[Fault]]:
    """What can be read of them, and what is wrong with the rest."""
    found: dict[str, Sentence] = {}
    faults: list[Fault] = []
    for file in content_files(folder / FOLDER, "*.yaml"):
        reader = ContentReader(folder)
        try:
            groups = reader.one(f"{FOLDER}/{file.name}", Groups)
        except ContentError as error:
            faults += error.faults
            continue
        for group, sentences in groups.items():
            found |= {f"{file.stem}.{group}.{name}": sentence for name, sentence in sentences.items()}
    return found, faults


def _faults_of(sentence: Sentence, home: Sentence | None) -> Iterator[str]:
    if not isinstance(sentence, str) and "other" not in sentence:
        yield "needs the form `other`"
    if home is None:
        yield "English has no such sentence"
    elif fields_of(sentence) != fields_of(home):
        yield f"fields {sorted(fields_of(sentence))}, in English {sorted(fields_of(home))}"
