"""Whose page it is, as a mark: what one person typed in a tab does not come back for another (`typed.js`)."""

import hashlib
from uuid import UUID

from acupwa.web.inject import AnyRequest


def name_owner(request: AnyRequest, id: UUID, *, back: bool = False) -> None:
    """The page that is being made is theirs. A browser may belong to a patient and to a practitioner at once.

    `back`: their phone was theirs before, so it should hold something of ours (`phone-note.js`).
    """
    if back:
        request.state.back = True
    request.state.owners = {*request.state.get("owners", ()), id.bytes}


def name_nobody(request: AnyRequest) -> None:
    """It was looked for whose page it is, and there is nobody."""
    request.state.owners = request.state.get("owners", ())


def forget_owner(request: AnyRequest) -> None:
    """Whoever it was: from this answer on the phone is nobody's."""
    request.state.owners, request.state.back = (), False


def owner_mark(request: AnyRequest) -> str | None:
    """The same for the same owner, and says nothing of them; empty for nobody, None where nobody was looked for."""
    owners = request.state.get("owners")
    if owners is None:
        return None
    return hashlib.blake2s(b"".join(sorted(owners)), digest_size=6).hexdigest() if owners else ""
