"""The short codes that open one's own answers on another phone: how they look and how they are read. Pure."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from acupwa.web.qr import QrPicture, qr_picture

# Letters that are not mistaken for another, or for a digit, and that make no words: no vowels, and none of
# B G L S U Z. Sixteen letters, six places: 16.8 million codes. Tries are counted, so that is enough.
ALPHABET = "CDFHJKMNPQRTVWXY"
LENGTH = 6

PAUSE_FOR = timedelta(days=7)
MOVE_FOR = timedelta(minutes=10)
# A button that was pressed twice gives the same code both times.
SAME_CODE_FOR = timedelta(seconds=20)

# Wrong tries within an hour, before that address waits; and before everyone waits, when many addresses try.
TRIES_BY_ADDRESS = 20
TRIES_BY_ALL = 1_000
TRIES_WITHIN = timedelta(hours=1)


def read_code(typed: str) -> str | None:
    """The code in what was typed; spaces, hyphens and case do not matter. None when it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter not in " -\t\u00a0\u2010\u2011\u2013")
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def code_letters(random: bytes) -> str:
    """A code out of `random`, as many bytes as a code has letters or more."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in random[:LENGTH])


def shown_code(code: str) -> str:
    """In two halves, as it is easier to copy: `CDF-HJK`."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def code_qr(origin: str, code: str) -> QrPicture:
    """For another phone's camera. The code stands behind `#`, which no server gets to see or to log."""
    return qr_picture(f"{origin}/resume#{code}")


def network_of(address: str) -> str:
    """What counts as one place to try from: an IPv4 address, or the /64 that a home or phone gets in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
