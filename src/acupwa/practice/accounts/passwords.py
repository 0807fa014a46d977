"""Passwords by argon2id, with the library's own costs (RFC 9106, low memory)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from acupwa.practice.accounts.model import Secret

_HASHER = PasswordHasher()
# Checked for an address that nobody has, so that it takes as long as for one that somebody has.
NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def opens(secret: Secret, password: str) -> bool:
    """Takes as long for an address that nobody has: what stands in for its password is checked, and opens nothing."""
    return fits(password, secret.password_hash) and secret.practitioner_id is not None


def fits(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
