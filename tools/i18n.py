"""`make i18n`: collect the interface sentences, bring the catalogues up to date, check and compile them.

    python -m tools.i18n             all of it
    python -m tools.i18n new de      begin a language
    python -m tools.i18n pseudo DIR  the two pseudo-languages, sentences and content, for tests and pictures

A language is `src/acupwa/locale/<language>/LC_MESSAGES/acupwa.po` for the sentences of the interface and
`src/acupwa/content/<language>/` for all else that a patient reads. The pseudo-languages show what a translation would
break: `en-XA` has accents and is two fifths longer, `ar-XB` is written from right to left.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from acupwa.sentences import FOLDER

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "src" / "acupwa" / "locale"
CONTENT = ROOT / "src" / "acupwa" / "content"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
SOURCES = ((ROOT / "src" / "acupwa", [("**.py", "python")]), (ROOT / "templates", [("**", "jinja2.ext:babel_extract")]))
JINJA = {"**": {"trim_blocks": "true", "lstrip_blocks": "true", "extensions": "jinja2.ext.do", "silent": "false"}}
TEMPLATE_ENDINGS = (".html", ".txt", ".js")
_ID = re.compile(r"[a-z0-9:-]+")
FIELD = re.compile(r"\{(\w+)\}")

ACCENTED = str.maketrans("AaBCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz", "ÅåßÇçÐðÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöŔŕŠšŢţÛûŴŵÝýŽž")
LONGER = 0.4
# Right to left embedding around the words, as the browser lays out a real one.
RTL_START, RTL_END = "\u202b", "\u202c"
PSEUDO = {"en-XA": "ltr", "ar-XB": "rtl"}


def sentences() -> Catalog:
    """Every sentence that is marked for translation, with the places where it stands."""
    catalog = Catalog(project="Acupwa", charset="utf-8")
    for folder, methods in SOURCES:
        options = JINJA if folder.name == "templates" else {}
        found = extract_from_dir(folder, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
        for file, line, message, comments, context in found:
            if folder.name == "templates" and not file.endswith(TEMPLATE_ENDINGS):
                continue
            place = (folder / file).relative_to(ROOT).as_posix()
            catalog.add(message, locations=[(place, line)], auto_comments=comments, context=context)
    return catalog


def begin(language: str) -> Path:
    """An empty catalogue of a new language. Raises FileExistsError."""
    file = LOCALES / language / "LC_MESSAGES" / "acupwa.po"
    if file.exists():
        raise FileExistsError(file)
    catalog = Catalog(locale=language.replace("-", "_"), project="Acupwa", charset="utf-8")
    catalog.update(sentences())
    _write(file, catalog)
    return file


def merge() -> list[Path]:
    """Each catalogue gets the new sentences; what is no longer said is dropped. Returns their files."""
    template = sentences()
    files = sorted(LOCALES.glob("*/LC_MESSAGES/acupwa.po"))
    for file in files:
        with file.open("rb") as old:
            catalog = read_po(old)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        _write(file, catalog)
    return files


def faults_of(catalog: Catalog, name: str) -> Iterator[str]:
    """What keeps a translation from being shown: a `{field}` too many or too few, words outside plain text."""
    for message in catalog:
        if not message.id or not _translated(message):
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = {field for one in ids for field in FIELD.findall(one)}
        for words in message.string if isinstance(message.string, tuple) else (message.string,):
            given = set(FIELD.findall(words))
            needed = set(FIELD.findall(ids[0])) & set(FIELD.findall(ids[-1]))
            if given - allowed or needed - given:
                yield f"{name}: {ids[0]!r}: fields {sorted(given)}, not {sorted(needed)}"
            if ("<" in words) != any("<" in one for one in ids):
                yield f"{name}: {ids[0]!r}: markup"


def untranslated(catalog: Catalog) -> int:
    return sum(1 for message in catalog if message.id and not _translated(message))


def compile_all(files: list[Path]) -> None:
    for file in files:
        with file.open("rb") as source, file.with_suffix(".mo").open("wb") as made:
            write_mo(made, read_po(source))


# ------------------------------------------------------------------ pseudo-languages


def pseudo_words(text: str, language: str) -> str:
    """`text` as this pseudo-language has it: `{fields}`, tags, citations and addresses stay."""
    if language == "ar-XB":
        return f"{RTL_START}{text}{RTL_END}"
    parts = re.split(r"(\{[^}]*\}|<[^>]*>|&\w+;|https?://\S+|\[@[^\]]*\]|\]\([^)]*\)|::\w.*)", text)
    accented = "".join(part if number % 2 else part.translate(ACCENTED) for number, part in enumerate(parts))
    more = "~" * max(1, round(len(text) * LONGER))
    # In words of a length that a long language has: one unbroken tail would only show that nothing breaks it.
    tail = " ".join(more[start : start + 14] for start in range(0, len(more), 14))
    return f"[{accented} {tail}]"


def pseudo_catalogue(folder: Path, language: str) -> None:
    """A compiled catalogue of every sentence under `folder`, where gettext looks for it."""
    catalog = Catalog(locale="en", project="Acupwa", charset="utf-8")
    for message in sentences():
        if message.id:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            words = tuple(pseudo_words(one, language) for one in ids)
            catalog.add(message.id, words if len(words) > 1 else words[0])
    file = folder / language / "LC_MESSAGES" / "acupwa.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as made:
        write_mo(made, catalog)


def pseudo_content(folder: Path, language: str) -> None:
    """`content/en` as this pseudo-language has it: names, questions, sentences; ids and sources stay."""
    source = CONTENT / "en"
    for file in sorted(one for one in source.rglob("*") if one.is_file()):
        made = folder / language / file.relative_to(source)
        made.parent.mkdir(parents=True, exist_ok=True)
        # Studies and facts are read word for word: their figures are found in what their sources say.
        if file.suffix == ".yaml" and made.parent.name not in ("studies", "facts"):
            data = yaml.safe_load(file.read_text(encoding="utf-8"))
            # In `sentences/` every word is read; elsewhere what stands under the fields below.
            read = "words" if made.parent.name == FOLDER else ""
            text = yaml.safe_dump(_pseudo_data(data, language, read), allow_unicode=True, sort_keys=False)
        else:
            text = file.read_text(encoding="utf-8")
        made.write_text(text, encoding="utf-8")


# What a person reads of an entry, by the name of its field.
READ = {
    "sign", "short", "do", "why", "question", "text", "name", "title", "says", "say", "words", "lead", "hint", "help",
    "summary", "label", "instead", "low", "high", "about", "purpose", "shows", "fair", "what_would_change", "met",
    "intro", "compared_with", "asks", "asks_also", "line", "in_files", "names", "groups",
    "none_right_now", "none_lately", "none_before_needles", "none_side_effects", "none_changed",
}  # fmt: skip


def _pseudo_data(data: Any, language: str, key: str = "") -> Any:
    if isinstance(data, Mapping):
        # `instead: {precautions:…: words}`: what stands under a field that is read is read.
        return {name: _pseudo_data(value, language, key if key in READ else str(name)) for name, value in data.items()}
    if isinstance(data, list):
        return [_pseudo_data(one, language, key) for one in data]
    if isinstance(data, str) and key in READ and _ID.fullmatch(data) is None:
        return "\n".join(pseudo_words(line, language) if _is_prose(line) else line for line in data.split("\n"))
    return data


def _is_prose(line: str) -> bool:
    return bool(line.strip()) and not line.startswith(("::", "[@"))


def make_pseudo(folder: Path) -> None:
    """Both pseudo-languages under `folder`: `locale/` and `content/`."""
    for language in PSEUDO:
        pseudo_catalogue(folder / "locale", language)
        pseudo_content(folder / "content", language)


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _write(file: Path, catalog: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as made:
        write_po(made, catalog, width=100, sort_by_file=True, omit_header=False)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["new", language]:
            print(begin(language))
            return 0
        case ["pseudo", folder]:
            make_pseudo(Path(folder))
            return 0
    found = sentences()
    _write(LOCALES / "acupwa.pot", found)
    files = merge()
    faults = []
    for file in files:
        with file.open("rb") as source:
            catalog = read_po(source)
        language = file.parents[1].name
        print(f"{language}: {untranslated(catalog)} of {len(catalog)} sentences are not translated")
        faults += faults_of(catalog, language)
    print(*faults, sep="\n", end="\n" if faults else "")
    compile_all(files)
    print(f"{len(found)} sentences in {LOCALES.relative_to(ROOT)}/acupwa.pot; {len(files)} languages beside English")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
