"""Browsers in which somebody signed in before. They show it by a token of their own, which opens nothing: it only gives
the tries from this browser a counter that no stranger can fill.
"""

import base64
import hmac
import secrets
from uuid import UUID

from sqlmodel import Session

from acupwa.db.encryption import fingerprints

_NONCE_BYTES = 8
_NONCE_LETTERS = 11


def new_device(db: Session, practitioner_id: UUID) -> str:
    """What a browser keeps after a sign-in: a random part, and a seal over it and whose it is. 54 letters."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return nonce + _seals(db, nonce, practitioner_id)[0]


def device_of(db: Session, device: str, practitioner_id: UUID | None) -> bytes | None:
    """The subject of the tries from this browser for this account; None where they did not sign in here before."""
    nonce, seal = device[:_NONCE_LETTERS], device[_NONCE_LETTERS:]
    if practitioner_id is None or not device.isascii():
        return None
    if not any(hmac.compare_digest(seal, one) for one in _seals(db, nonce, practitioner_id)):
        return None
    return fingerprints(db, "failed-try", f"device {nonce} {practitioner_id}")[0]


def _seals(db: Session, nonce: str, practitioner_id: UUID) -> tuple[str, ...]:
    made = fingerprints(db, "known device", f"{nonce} {practitioner_id}")
    return tuple(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in made)
