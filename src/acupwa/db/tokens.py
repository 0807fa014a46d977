"""Random keys: made here, and kept as hashes only."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable

_BYTES = 32


def new_token() -> str:
    """256 random bits in letters that a cookie and an address take."""
    return secrets.token_urlsafe(_BYTES)


def token_from(secret: str, purpose: str) -> str:
    """A token that only who holds the 256-bit `secret` can make, the same one each time."""
    made = hmac.digest(secret.encode(), purpose.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hash_token(token: str) -> bytes:
    """What is kept of a token, 32 bytes. A 256-bit random token needs no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def random_letters(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


def unused_letters(alphabet: str, length: int, take: Callable[[str], bool]) -> str:
    """Random letters that `take` took: it says False for those that are in use."""
    while True:
        letters = random_letters(alphabet, length)
        if take(letters):
            return letters
