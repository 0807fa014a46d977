"""Where a practitioner goes on after signing in, and what of a form is kept until then. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import msgspec

from acupwa.practice.accounts.model import WayBack
from acupwa.web.declared import sent_fields
from acupwa.web.forms import FormData

HOME, SIGN_IN, SECOND = "/practice", "/practice/sign-in", "/practice/sign-in/second"
UNSENT_FOR = timedelta(hours=1)
# What is typed in the longest form is a tenth of it.
UNSENT_BYTES = 20_000
NEVER_KEPT = frozenset({"password", "old", "code", "answer", "press", "next", "kept", "probe", "whose", "offer"})
# What a press sends that is chosen by the page, not typed.
_PRESSES = frozenset({"seen", "role", "plan_asked", "time_zone"})
_OWN_PAGE = re.compile(r"/practice(/[\w./-]*)?(\?[\w.=&%+-]*)?", re.ASCII)
_DOORS = ("/practice/sign-in", "/practice/sign-out", "/practice/welcome", "/practice/first")
_FORMS = ("note", "send")
# They have a page at their own address.
_ASKED_ONCE = ("remove", "role", "link", "second-factor", "off")


def own_page(typed: str) -> str:
    """The address of a page behind the sign-in, with its query; empty for any other address, here or elsewhere."""
    if len(typed) > 400 or not _OWN_PAGE.fullmatch(typed) or "//" in typed or "/." in typed:
        return ""
    return "" if typed.startswith(_DOORS) else typed


def way_on(kept: str, back: WayBack) -> str:
    """Where to go once signed in; `kept` is the page that shows again what was typed, empty when there is none."""
    return f"{kept}?typed=1" if kept else back.next or HOME


def way_on_proved(kept: str, back: WayBack) -> str:
    """The same for whoever has shown again who they are; the page says so."""
    on = f"{kept}?typed=1" if kept else back.next or "/practice/account"
    return f"{on}{'&' if '?' in on else '?'}done=proved"


def proof_back(path: str) -> str:
    """The page to come back to, when a proof was asked for in place of what was sent to `path`."""
    return path if path.rpartition("/")[2] in _ASKED_ONCE else form_page(path)


def form_page(path: str) -> str:
    """The page whose form is sent to `path`."""
    parts = path.strip("/").split("/")
    if parts[-1] in _FORMS:
        return path
    if parts[1:2] == ["find"]:
        return HOME
    if parts[1:2] in (["people"], ["account"]):
        return "/" + "/".join(parts[:2])
    return "/" + "/".join(parts[:3] if len(parts) > 3 else parts)


def typed_fields(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What was typed or chosen, without passwords and the like."""
    return {name: values for name, values in fields.items() if name not in NEVER_KEPT and any(values)}


def words_typed(form: FormData | None) -> tuple[tuple[str, str], ...]:
    """What was typed or chosen, by field, to be copied from the page that shows it."""
    sent = sent_fields(form) if form else ()
    return tuple((name, value) for name, value in sent if name not in NEVER_KEPT | _PRESSES)


def page_of_another(form: FormData, practitioner_id: UUID) -> bool:
    """Whether the form stood on somebody else's page. One that names nobody is of whoever sends it."""
    return form.one("whose") not in ("", str(practitioner_id))


def maker_of(form: FormData) -> UUID | None:
    """Whose page the form stood on, by its own word."""
    try:
        return UUID(form.one("whose"))
    except ValueError:
        return None


def can_be_kept(fields: Mapping[str, tuple[str, ...]]) -> bool:
    return len(msgspec.json.encode(fields)) <= UNSENT_BYTES
