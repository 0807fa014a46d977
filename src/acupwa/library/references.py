"""What a page's Markdown refers to, and its bare words. Pure; the renderer reads the same syntax from here.

`[@id]` or `[@id1; @id2]` cites studies or facts. `::claim id`, `::harms id` and `::drawing id` stand alone
on a line. `{more}` at the end of a heading folds its section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token

# `precaution:id` and `flag:id` cite an entry of the quiz.
_ID = r"[a-z0-9](?:[a-z0-9:._-]*[a-z0-9])?"
CITATION = re.compile(rf"\[@({_ID}(?:\s*;\s*@{_ID})*)\]", re.IGNORECASE)
DIRECTIVE = re.compile(rf"^::(claim|harms|drawing)[ \t]+({_ID})[ \t]*$", re.IGNORECASE | re.MULTILINE)
FOLD = re.compile(r"[ \t]+\{more\}[ \t]*$", re.MULTILINE)
_LOOKS_LIKE_CITATION = re.compile(r"\[\s*@[^\]\n]*\]?")
_LOOKS_LIKE_DIRECTIVE = re.compile(r"^[ \t]*:{2,}.*$", re.MULTILINE)
# Lines of headings and tables, marks of list items, addresses of links.
_NOT_READ = re.compile(r"^(?:#|\|).*$|^[ \t]*(?:[-+*]|\d+\.)[ \t]|\]\([^)\s]*\)", re.MULTILINE)
_WORD = re.compile(r"\S*\w\S*")
_SENTENCE_END = (".", "!", "?", ":", ";", "…")


def split_ids(inside: str) -> tuple[str, ...]:
    """The ids of one citation, from what stands between its brackets."""
    return tuple(part.strip().removeprefix("@") for part in inside.split(";"))


def sources_in(markdown: str) -> tuple[str, ...]:
    """Every cited id, each once, in the order of first citation."""
    return _once(one for found in CITATION.finditer(markdown) for one in split_ids("@" + found[1]))


def claims_in(markdown: str) -> tuple[str, ...]:
    """Every claim shown as a card, each once, in order."""
    return _directives(markdown, "claim")


def harms_in(markdown: str) -> tuple[str, ...]:
    """Every fact drawn as a number of 10,000, each once, in order."""
    return _directives(markdown, "harms")


def drawings_in(markdown: str) -> tuple[str, ...]:
    """Every drawing shown, each once, in order."""
    return _directives(markdown, "drawing")


def faults_in(markdown: str) -> tuple[tuple[int, str], ...]:
    """What looks like a citation or a directive but is none, as (line from 1, the text)."""
    faults = [
        (_line(markdown, found.start()), found[0].strip())
        for pattern, right in ((_LOOKS_LIKE_CITATION, CITATION), (_LOOKS_LIKE_DIRECTIVE, DIRECTIVE))
        for found in pattern.finditer(markdown)
        if not right.fullmatch(found[0])
    ]
    return tuple(sorted(faults))


def plain_words(markdown: str) -> str:
    """The sentences of the text, one block a line, for readability and search.

    Headings and tables are left out: they are no sentences, and as such would flatter a readability score.
    """
    bare = CITATION.sub("", DIRECTIVE.sub("", markdown))
    blocks: list[str] = []
    skip_until: str | None = None
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(bare):
        if skip_until is not None:
            skip_until = None if token.type == skip_until else skip_until
        elif token.type in ("heading_open", "table_open"):
            skip_until = token.type.replace("_open", "_close")
        elif token.type == "inline":
            blocks.append(_sentence(_text(token)))
    return "\n".join(block for block in blocks if block)


def number_of_words(markdown: str) -> int:
    """How many words `plain_words` has, without parsing: every page is counted at each start."""
    return len(_WORD.findall(_NOT_READ.sub("", CITATION.sub("", DIRECTIVE.sub("", markdown)))))


def _directives(markdown: str, name: str) -> tuple[str, ...]:
    return _once(found[2] for found in DIRECTIVE.finditer(markdown) if found[1] == name)


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def _line(markdown: str, position: int) -> int:
    return markdown.count("\n", 0, position) + 1


def _text(inline: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    parts = (" " if child.type in breaks else child.content for child in inline.children or ())
    words = re.sub(r"\s+", " ", "".join(parts)).strip()
    # A citation stood before the full stop: "… pain [@x]." leaves a space.
    return re.sub(r"\s+([.,;:!?])", r"\1", words)


def _sentence(words: str) -> str:
    return words if not words or words.rstrip("\"'”’)*").endswith(_SENTENCE_END) else f"{words}."
