"""What people type, cleaned once, wherever it is read: forms, JSON, files, the command line. Pure.

The same words are the same letters afterwards (Unicode NFC), nothing in them is unseen but what their script needs,
and nothing turns round what stands beside them. Lengths are counted in code points after the cleaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Hebrew with its cantillation puts five marks on a letter, Tibetan six; floods that hide other lines put dozens.
MOST_MARKS = 8

_LINE_END = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_MANY_SPACES = re.compile(" {2,}")
# They take room and show nothing: fillers of Hangul, the empty cell of Braille, the note without a head.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0\U0001d159")
# Default_Ignorable_Code_Point of Unicode, which holds what is not assigned yet, but for what `_BLANK` has and for
# the joiners and selectors below. A pasted object and annotations of a line are no letters either.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ufdd0-\ufdef"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SEEN_AS_SUCH = "\ufffd"
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MONGOLIAN_SELECTORS = re.compile("[\u180b-\u180f]")
_TAG = re.compile("[\U000e0020-\U000e007f]")
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Scripts in which a joiner changes how a word looks: Arabic and its kin, the Indic ones, Khmer, Mongolian.
_JOINING = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uab6f\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_VIRAMA = 9
_PLAIN_LETTERS = ("LATIN ", "GREEK ", "CYRILLIC ")


def clean(text: str) -> str:
    """Words of one line or many: no control character but the line feed, no white space at the ends.

    Not longer than NFC makes it: three times as long at most, and nearly always shorter or the same. Cleaned text
    stays as it is. Whatever shows nothing at all is empty.
    """
    while (cleaned := _cleaned(text)) != text:
        text = cleaned
    return text


def clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Each of them, in order."""
    return tuple(map(clean, texts))


def one_line(text: str) -> str:
    """The same on one line: an end of a line counts as a space, many spaces are one."""
    return _MANY_SPACES.sub(" ", clean(text).replace("\n", " "))


def short_line(text: str, most: int) -> str:
    """One line, of which the first `most` characters stay."""
    line = one_line(text)
    # A cut may leave half of a sign behind.
    return line if len(line) <= most else one_line(line[:most])


def search_key(text: str) -> str:
    """The same for words that a reader takes for the same: whatever their case, and NFC or NFD."""
    return unicodedata.normalize("NFC", one_line(text).casefold())


def opaque(password: str) -> str:
    """A password as it is compared (OpaqueString, RFC 8265): NFC, every space a plain one, all else as typed."""
    spaced = "".join(" " if unicodedata.category(one) == "Zs" else one for one in password)
    return unicodedata.normalize("NFC", spaced)


def plain_letters(text: str) -> str:
    """What a token is read from: full-width and styled letters as plain ones, nothing unseen."""
    return unicodedata.normalize("NFKC", one_line(unicodedata.normalize("NFKC", text)))


def plain_code(text: str) -> str:
    """What a code is read from: the same in capitals."""
    return plain_letters(text).upper()


def _cleaned(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = _LINE_END.sub("\n", text)
    seen = unicodedata.normalize("NFC", "".join(_seen(lines)))
    return "\n".join(line.strip() for line in _few_marks(seen).split("\n")).strip()


def _seen(text: str) -> Iterator[str]:
    """The characters that are kept, white space and blanks as spaces."""
    flags = {place for found in _FLAG.finditer(text) for place in range(*found.span())}
    before = " "
    for place, one in enumerate(text):
        if one != "\n" and (one in _BLANK or one.isspace()):
            one = " "
        elif not (place in flags or _stays(one, before, text[place + 1 : place + 2])):
            continue
        yield one
        before = one


def _stays(one: str, before: str, after: str) -> bool:
    if one in _JOINERS:
        return _joins(before, after)
    if _SELECTORS.match(one):
        return _takes_selector(before)
    if _MONGOLIAN_SELECTORS.match(one):
        return "\u1800" <= before <= "\u18af" and not _MONGOLIAN_SELECTORS.match(before)
    if one == _SEEN_AS_SUCH:
        return True
    hidden = _UNSEEN.match(one) or _TAG.match(one)
    return one == "\n" or not (hidden or unicodedata.category(one) in ("Cc", "Cs"))


def _joins(before: str, after: str) -> bool:
    """As RFC 5892 has it for words: after a virama, or beside a letter that joins; and between two emoji."""
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if before in _JOINERS or not _visible(before) or not after or not _visible(after):
        return False
    return bool(_JOINING.match(before) or _JOINING.match(after)) or (_picture(before) and _picture(after))


def _visible(one: str) -> bool:
    return not (one.isspace() or one in _BLANK or one in _JOINERS or _UNSEEN.match(one) or one < " ")


def _picture(one: str) -> bool:
    return unicodedata.category(one) in ("So", "Sm", "Sk", "Cn") or bool(_SELECTORS.match(one) or _TAG.match(one))


def _takes_selector(before: str) -> bool:
    if not _visible(before) or _SELECTORS.match(before):
        return False
    return not unicodedata.name(before, "").startswith(_PLAIN_LETTERS)


def _few_marks(text: str) -> str:
    """At most MOST_MARKS on one letter; a mark without a letter, which would sit on words of ours, is none."""
    kept, count = [], MOST_MARKS
    for one in text:
        if unicodedata.category(one) in ("Mn", "Me", "Mc"):
            count += 1
            if count > MOST_MARKS and not _SELECTORS.match(one):
                continue
        elif one in _JOINERS:
            pass
        elif one.isspace():
            count = MOST_MARKS
        else:
            count = 0
        kept.append(one)
    return "".join(kept)
