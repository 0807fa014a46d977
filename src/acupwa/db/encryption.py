"""Answers at rest: JSON, then Fernet. The newest key writes, every key reads."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlmodel import Session

T = TypeVar("T")


def key_names(keys: Sequence[str]) -> tuple[str, ...]:
    """A short name for each key, to tell keys apart without showing them: eight hex digits of a hash."""
    return tuple(hashlib.sha256(b"name of " + key.encode()).hexdigest()[:8] for key in keys)


class SealBroken(Exception):
    """The stored bytes fit none of the keys: a wrong key, or changed data."""


class KeyRing:
    """The keys of this server, the newest first."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._newest = Fernet(keys[0])
        self._keys = tuple(key.encode() for key in keys)

    def seal(self, value: Any) -> bytes:
        return self._fernet.encrypt(msgspec.json.encode(value))

    def unseal(self, blob: bytes, type: type[T]) -> T:
        try:
            plain = self._fernet.decrypt(bytes(blob))
        except InvalidToken:
            raise SealBroken("the stored answers fit none of the keys in ACUPWA_SECRET_KEYS") from None
        return msgspec.json.decode(plain, type=type)

    def fingerprints(self, purpose: str, text: str) -> tuple[bytes, ...]:
        """32 bytes for each key, the newest first: a hash that nobody without the keys can try texts against."""
        return tuple(
            hmac.digest(hmac.digest(key, purpose.encode(), "sha256"), text.encode(), "sha256") for key in self._keys
        )

    def is_newest(self, blob: bytes) -> bool:
        """Whether the newest key alone opens it."""
        try:
            self._newest.decrypt(bytes(blob))
        except InvalidToken:
            return False
        return True

    def rotate(self, blob: bytes) -> bytes:
        """The same value under the newest key."""
        try:
            return self._fernet.rotate(bytes(blob))
        except InvalidToken:
            raise SealBroken("the stored answers fit none of the keys in ACUPWA_SECRET_KEYS") from None


def seal(db: Session, value: Any) -> bytes:
    """Encrypt a value for a `sealed` column with the keys of this session."""
    ring: KeyRing = db.info["keys"]
    return ring.seal(value)


def unseal(db: Session, blob: bytes, type: type[T]) -> T:
    """Read a `sealed` column back. Raises SealBroken."""
    ring: KeyRing = db.info["keys"]
    return ring.unseal(blob, type)


def fingerprints(db: Session, purpose: str, text: str) -> tuple[bytes, ...]:
    """As `KeyRing.fingerprints`, with the keys of this session."""
    ring: KeyRing = db.info["keys"]
    return ring.fingerprints(purpose, text)
