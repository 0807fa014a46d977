"""The short codes that open one's own answers on another phone: how they look and how they are read. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from urllib.parse import unquote

from acupwa.web.qr import QrPicture, qr_picture
from acupwa.web.text import plain_code

# Letters that are not mistaken for another, or for a digit, and that make no words: no vowels, and none of
# B G L S U Z. Sixteen letters, twelve places: 48 bits, so that no number of strangers who guess finds one of ten
# thousand that wait (docs/security.md has the sum), and nobody has to be kept out because others guess.
ALPHABET = "CDFHJKMNPQRTVWXY"
LENGTH = 12
GROUP = 4
# As they were given out until 0.9; the last of them ends a week after the server has this version.
OLD_LENGTH = 6

# A Cyrillic or a Greek keyboard has these; each looks like one letter of ours and like no other. No letter of ours
# looks like O, 0, I or 1, so whoever types one of them is told.
_LOOK_ALIKES = dict(zip("СНКМРТХУΗΚΜΝΡΤΥΧ", "CHKMPTXYHKMNPTYX", strict=True))
# What is copied along with a code. "Code" has letters that no code has, so it is no part of one.
_LABEL = re.compile(r"^[\W_]*(?:(?:YOUR|MY|THE|THIS|ACUPWA|SIGN[\W_]*IN|LINK)[\W_]+)*CODE(?:[\W_]+IS)?[\W_]+")
# The key of the hyphen gives the first of these on a Japanese keyboard; the others belong to a picture before them.
_LIKE_A_DASH = "ー\ufe0e\ufe0f"
_ADDRESS = re.compile(r"://|^/|[^/]\.[^/]+/|^[^/]+:\d+/|^LOCALHOST/")
_LONGEST_TYPED = 400

PAUSE_FOR = timedelta(days=7)
MOVE_FOR = timedelta(minutes=10)
# A button that was pressed twice gives the same code both times.
SAME_CODE_FOR = timedelta(seconds=20)

# Wrong tries within an hour from one place, before its next wrong one has to wait; and from everywhere, before each
# wrong one is slowed down and the operator is told. The right code always opens.
TRIES_BY_ADDRESS = 20
TRIES_BY_ALL = 1_000
TRIES_WITHIN = timedelta(hours=1)


def read_code(typed: str) -> str | None:
    """The code in what was typed or pasted. None when it cannot be one."""
    return read_letters(typed, LENGTH) or read_letters(typed, OLD_LENGTH)


def read_letters(typed: str, length: int) -> str | None:
    """`length` letters of the alphabet, whatever stands between and around them: case, width, spaces, dashes, quotes,
    unseen marks do not matter, nor does "Your code is" before them. Of a whole address it is what stands after its last `/` or `#`.

    A letter or digit that no code has is not left out: then there is no code, rather than another one.
    """
    text = _LABEL.sub("", plain_code(typed[:_LONGEST_TYPED]))
    addresses = [one for one in text.split() if _ADDRESS.search(one)]
    ways = [text] if len(addresses) != 1 else [text, *_ends(addresses[0])]
    return next((code for one in ways if (code := _whole_code(one, length))), None)


def _ends(address: str) -> tuple[str, ...]:
    path, _mark, fragment = unquote(address).partition("#")
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return plain_code(fragment), plain_code(last)


def _whole_code(text: str, length: int) -> str | None:
    letters = "".join(_LOOK_ALIKES.get(one, one) for one in text if not _between(one))
    # Selected with its spelled twin, a code is copied twice.
    twice = len(letters) == 2 * length and letters[:length] == letters[length:]
    code = letters[:length] if twice else letters
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def _between(one: str) -> bool:
    """Whether it is a space, a dash, a quote, a picture: nothing that is read as a letter."""
    is_letter = "\U0001f100" <= one <= "\U0001f1ff"
    return not is_letter and (unicodedata.category(one)[0] in "ZPS" or one in _LIKE_A_DASH)


def code_letters(random: bytes) -> str:
    """A code out of `random`, 12 bytes or more."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random[:LENGTH])


def shown_code(code: str) -> str:
    """In groups, as it is easier to copy: `CDFH-JKMN-PQRT`."""
    group = GROUP if len(code) == LENGTH else OLD_LENGTH // 2
    return "-".join(code[at : at + group] for at in range(0, len(code), group))


def code_qr(origin: str, code: str) -> QrPicture:
    """For another phone's camera. The code stands behind `#`, which no server gets to see or to log."""
    return qr_picture(f"{origin}/resume#{code}")
