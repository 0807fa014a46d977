"""What a passkey is asked to sign when somebody signs in. It carries its own seal and end, so that a stranger who asks
without end fills no table: only one that a passkey has answered is kept, until its end, so that it is good once.
"""

import hmac
import secrets
from datetime import datetime

from sqlmodel import Session

from acupwa.db.encryption import fingerprints
from acupwa.practice.accounts import passkey_store, rules

_NONCE, _END, _SEAL = 12, 4, 16


def make_challenge(db: Session, now: datetime) -> bytes:
    """32 bytes: a random part, the second at which it ends, a seal over both."""
    ends = int((now + rules.CHALLENGE_FOR).timestamp())
    body = secrets.token_bytes(_NONCE) + ends.to_bytes(_END)
    return body + _seals(db, body)[0]


def is_good(db: Session, now: datetime, challenge: bytes) -> bool:
    """Whether we made it, and it has not ended."""
    body, seal = challenge[: _NONCE + _END], challenge[_NONCE + _END :]
    ours = any(hmac.compare_digest(seal, one) for one in _seals(db, body))
    return ours and now.timestamp() < int.from_bytes(body[_NONCE:])


def use_challenge(db: Session, now: datetime, challenge: bytes) -> bool:
    """False when it was used before, also at the same moment."""
    return passkey_store.keep_used_challenge(db, challenge, now + rules.CHALLENGE_FOR)


def _seals(db: Session, body: bytes) -> tuple[bytes, ...]:
    return tuple(one[:_SEAL] for one in fingerprints(db, "passkey challenge", body.hex()))
