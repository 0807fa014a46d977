"""Two people of a clinic whose names look alike: nobody could tell who of them looked. Pure.

A name is told apart by what is seen of it: not by case, accents, blanks, marks or dots, nor by the alphabet of a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from acupwa.practice.accounts.look_alikes import LOOK_ALIKES
from acupwa.practice.accounts.model import Practitioner
from acupwa.web.forms import FieldError
from acupwa.web.text import one_line
from acupwa.wording import gettext as _

# Small capitals, letters with a hook or a stroke, letters in a box: Unicode's name of one has the plain letter in it.
_NAMED = re.compile(
    "(?:LATIN|REGIONAL INDICATOR|NEGATIVE|SQUARED|CIRCLED|PARENTHESIZED).* LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?"
)
# Marks on a letter and points beside it that change no letter; the vowels of Indic scripts and the voiced marks of
# Japanese are marks too, and do.
_ASIDE = re.compile("(?:COMBINING (?!KATAKANA)|ARABIC |HEBREW |CYRILLIC |SYRIAC |VARIATION |MONGOLIAN FREE ).*")
# `I` is the small `l` of many typefaces.
_PLAIN_LOOK_ALIKES = {"i": "l", "1": "l", "0": "o", "m": "rn", "w": "vv"}


def read_alike(one: str, other: str) -> bool:
    """Whether a reader takes the two for the same: by their letters, or by how these look."""
    return _letters(one) == _letters(other) or _looks(one) == _looks(other)


def name_fault(name: str, email: str, people: Iterable[Practitioner]) -> FieldError | None:
    """Why whoever signs in by `email` cannot go by `name` among the `people` of the clinic.

    Without a name it is the address that is shown, and no two have the same. A name that is theirs already holds.
    """
    own = [one for one in people if one.email == email]
    if not name or read_alike(name, email) or name in [one.name for one in own]:
        return None
    if "@" in unicodedata.normalize("NFKC", name):
        return FieldError("name", _("Type a name, not an email address."))
    if any(read_alike(name, told) for one in people if one.email != email for told in (one.name, one.email) if told):
        words = _("Someone at this clinic has a very similar name. Add a surname, or a word about your work.")
        return FieldError("name", words)
    return None


def told_name(who: Practitioner, people: Collection[Practitioner]) -> str:
    """The name, and the address beside it where somebody else of the clinic goes by one that looks like it."""
    alike = any(read_alike(who.shown_name, one.shown_name) for one in people if one.id != who.id)
    return f"{who.name} ({who.email})" if alike and who.name else who.shown_name


def _letters(name: str) -> str:
    """Letters and numbers in small, without accents; of a name without any, whatever is seen."""
    plain = unicodedata.normalize("NFKD", _plain(name).casefold())
    return "".join(one for one in plain if _is_letter(one)) or "".join(plain.split())


def _looks(name: str) -> str:
    letters = "".join(one for seen in _plain(name) for one in _look(seen))
    return letters or _letters(name)


def _look(seen: str) -> Iterator[str]:
    """What it is read as."""
    if seen in LOOK_ALIKES:
        yield LOOK_ALIKES[seen]
        return
    named = _NAMED.fullmatch(unicodedata.name(seen, ""))
    for one in unicodedata.normalize("NFKD", (named[1] if named else seen).casefold()):
        if one in _PLAIN_LOOK_ALIKES or _is_letter(one):
            yield _PLAIN_LOOK_ALIKES.get(one, one)


def _plain(text: str) -> str:
    """Compatible forms as plain ones, accents as signs of their own, nothing unseen."""
    return unicodedata.normalize("NFKD", one_line(text))


def _is_letter(one: str) -> bool:
    kind = unicodedata.category(one)[0]
    return kind in "LN" or (kind == "M" and not _ASIDE.match(unicodedata.name(one, "")))
