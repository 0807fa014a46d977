"""Passwords by argon2id, with the library's own costs (RFC 9106, low memory)."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from acupwa.practice.accounts.model import Secret
from acupwa.practice.accounts.weak_password import PASSWORD_MOST
from acupwa.web.text import opaque

_HASHER = PasswordHasher()
# In NFD a letter is up to four code points.
_LONGEST_TYPED = 4 * PASSWORD_MOST
# Checked for an address that nobody has, so that it takes as long as for one that somebody has.
NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _HASHER.hash(opaque(password))


def opens(secret: Secret, password: str) -> bool:
    """Takes as long for an address that nobody has: what stands in for its password is checked, and opens nothing."""
    return fits(password, secret.password_hash) and secret.practitioner_id is not None


def fits(password: str, password_hash: str) -> bool:
    """However a keyboard makes its letters. Passwords of before were kept as some keyboard made them: NFC, NFD, or as
    typed now. What is told by the time that it takes is how it was typed, nothing about the account.
    """
    typed = password if len(password) <= _LONGEST_TYPED else ""
    ways = dict.fromkeys((opaque(typed), typed, unicodedata.normalize("NFD", typed)))
    return any(_verify(one, password_hash) for one in ways)


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
