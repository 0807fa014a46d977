"""Requests that a phone kept while offline and sends now. They are answered with data, as nobody would read a page."""

import re

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from acupwa.db.tokens import token_from
from acupwa.web.inject import AnyRequest
from acupwa.web.owner import owner_mark
from acupwa.web.templates import Page

HEADER, NOBODY = "acupwa-queued", "nobody"
_JSON = "application/json"
_CLAIM = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class OfAnother(HTTPException):
    """It waited on the phone for another person than the one whose phone it is now. Nothing was done with it."""

    status_code = 409


class QueuedAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`to`: it was done; the address where it can be seen, or empty if nobody on this phone may see it. `says`: why it was not
    done; with `to`, what to see to first. `owner` marks whose phone it is now; empty for nobody, None where nobody was
    looked for."""

    to: str | None = None
    says: tuple[str, ...] = ()
    owner: str | None = None


def queued_by(request: AnyRequest) -> str | None:
    """The mark of the person who pressed, NOBODY for one who had none yet; None for what is sent as it is pressed."""
    return request.headers.get(HEADER) or None


def claimed_token(request: AnyRequest) -> str | None:
    """The key of a browser that its phone made a secret for: the same one each time, so that a person is made once."""
    key, claim = (request.headers.get(f"idempotency-{name}", "") for name in ("key", "claim"))
    return token_from(claim, key) if queued_by(request) and key and _CLAIM.fullmatch(claim) else None


def need_same_person(request: AnyRequest) -> None:
    """Raises OfAnother for what waited for a person, unless it is theirs by the cookie."""
    if queued_by(request) not in (None, NOBODY, owner_mark(request)):
        raise OfAnother


def queued_done(request: AnyRequest, to: str, says: tuple[str, ...] = ()) -> bytes:
    return msgspec.json.encode(QueuedAnswer(to=to, says=says, owner=owner_mark(request)))


def queued_fault(request: AnyRequest, page: Page) -> bytes:
    return msgspec.json.encode(QueuedAnswer(says=_words_of(page), owner=owner_mark(request)))


def answer_queued(content: bytes, status_code: int) -> Response[bytes]:
    return Response(content, media_type=_JSON, status_code=status_code, headers={"cache-control": "no-store"})


def _words_of(page: Page) -> tuple[str, ...]:
    """What is wrong, sentence by sentence; of a page without faults of fields, what it says itself."""
    errors = tuple(dict.fromkeys(str(one.message) for one in getattr(page, "errors", ())))
    said = (getattr(page, name, "") for name in ("not_kept", "says", "message", "title"))
    return errors or (next(str(one) for one in said if one),)
