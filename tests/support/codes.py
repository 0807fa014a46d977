"""Codes that open somebody's answers: found on a page, typed elsewhere."""

from __future__ import annotations

import re
from typing import Any

from acupwa.person.code_service import look_at_code, use_code
from acupwa.person.model import Handover, Newcomer

# Two that nobody was given.
WRONG, ALSO_WRONG = "CDFHJKMNPQRT", "CDFHJKMNPQRV"
NEWCOMER = Newcomer(address="192.0.2.1")
_SHOWN = re.compile(r"\b((?:[A-Z]{4}-){2}[A-Z]{4})\b")


def code_on(page: Any) -> str:
    """The code that a page shows."""
    text = page if isinstance(page, str) else page.text
    return _SHOWN.search(text)[1]  # type: ignore[index]


def resume(client: Any, code: str, **more: str) -> Any:
    """Type it, and say yes to what it opens."""
    return client.post("/resume", {"code": code, "sure": "yes", **more})


def opened(db: Any, now: Any, code: str, address: str = "192.0.2.7", own: Any = None) -> Any:
    """A unit of work: what typing it, and the yes, come to."""
    found = look_at_code(db, now, code, address)
    return use_code(db, now, code, found, own) if isinstance(found, Handover) else found
