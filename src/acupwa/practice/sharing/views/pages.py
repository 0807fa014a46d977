"""What a view looks like: to its person, and to the doctor. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.practice.sharing.shares.model import Part
from acupwa.practice.sharing.shares.preview import fingerprint
from acupwa.practice.sharing.views.model import CodeFault, DoctorView, ViewKeys, ViewPreview
from acupwa.practice.sharing.views.rules import CODE_LENGTH, MOST_WRONG, is_open, is_shut, shown_view_code, wording
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, moment_words
from acupwa.wording import gettext as _


class NewViewPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/new_view.html"
    title: str
    action: str
    back: str
    wording: tuple[str, ...]
    parts: tuple[Part, ...]
    chosen: tuple[str, ...]
    seen: str
    errors: tuple[FieldError, ...] = ()


class ViewKeysPage(msgspec.Struct, frozen=True, kw_only=True):
    """Address and code, shown once."""

    template: ClassVar[str] = "practice/view_keys.html"
    title: str
    id: str
    address: str
    code: str
    until: str


class ViewLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    words: str
    state: str


class ViewsPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/views.html"
    title: str
    views: tuple[ViewLine, ...]


class OwnViewPage(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is what there is to know of how it stands; `ended` leaves nothing to press."""

    template: ClassVar[str] = "practice/own_view.html"
    title: str
    line: ViewLine
    says: str
    ended: bool
    looks: tuple[str, ...]
    parts: tuple[Part, ...]


class ViewDoorPage(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at the address: not a word about anybody."""

    template: ClassVar[str] = "practice/view_door.html"
    title: str
    action: str
    errors: tuple[FieldError, ...] = ()


class ViewGonePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/view_gone.html"
    title: str


class ViewedPage(msgspec.Struct, frozen=True, kw_only=True):
    """`signs` are danger signs among what was left in."""

    template: ClassVar[str] = "practice/viewed.html"
    title: str
    answered: str
    until: str
    signs: tuple[str, ...]
    parts: tuple[Part, ...]


def new_view_page(preview: ViewPreview, keys: Collection[str] | None = None, seen: str = "") -> NewViewPage:
    """All of it left in; with `keys` what was ticked, and why nothing was made."""
    parts = preview.copy.parts
    all_keys = tuple(line.key for part in parts for line in part.lines)
    changed = keys is not None and fingerprint(parts) != seen
    fault = "" if keys is None else _fault(preview, changed=changed, some=bool(set(keys) & set(all_keys)))
    return NewViewPage(
        title=_("Let a doctor see this"),
        action=f"/me/views/new/{preview.check_in_id}",
        back=f"/results/{preview.check_in_id}",
        wording=wording(),
        parts=parts,
        chosen=all_keys if keys is None or changed else tuple(key for key in all_keys if key in keys),
        seen=fingerprint(parts),
        errors=(FieldError("item", fault),) if fault else (),
    )


def _fault(preview: ViewPreview, *, changed: bool, some: bool) -> str:
    if preview.full:
        return _(
            "You have as many pages for a doctor as there can be. Each goes after 7 days; then you can make another."
        )
    if changed:
        return _("Your answers have changed. Please check again what would be seen.")
    if not some:
        return _("Nothing is ticked. Tick what the doctor may see.")
    return _("This page was used before, and its code is not the newest. Please check again, and press once more.")


def view_keys_page(keys: ViewKeys, origin: str) -> ViewKeysPage:
    return ViewKeysPage(
        title=_("For your doctor") if keys.address else _("The new code"),
        id=str(keys.view.id),
        address=f"{origin}/v/{keys.address}" if keys.address else "",
        code=shown_view_code(keys.code),
        until=date_words(keys.view.ends_at),
    )


def views_page(views: Sequence[DoctorView], now: datetime) -> ViewsPage:
    return ViewsPage(title=_("Pages for a doctor"), views=tuple(_line(one, now) for one in views))


def own_view_page(view: DoctorView, now: datetime) -> OwnViewPage:
    says = _("It can be opened with the address and the code, until {day}.").format(day=date_words(view.ends_at))
    if is_shut(view, now):
        says = _(
            "It is closed: {n} wrong codes were typed. If it may have been your doctor, make a new code. If not, end it."
        ).format(n=MOST_WRONG)
    elif not is_open(view, now):
        says = _("It has ended. Nobody can open it, and the copy is deleted.")
    looked = _("Opened on {day}, {time}.")
    return OwnViewPage(
        title=_("Page for a doctor"),
        line=_line(view, now),
        says=says,
        ended=not is_open(view, now) and not is_shut(view, now),
        looks=tuple(looked.format(day=date_words(one), time=moment_words(one)) for one in view.looks),
        parts=view.copy.parts,
    )


def view_door_page(address: str, fault: str = "") -> ViewDoorPage:
    return ViewDoorPage(
        title=_("Enter the code"),
        action=f"/v/{address}",
        errors=(FieldError("code", fault),) if fault else (),
    )


def code_fault_words(fault: CodeFault) -> str:
    if fault == "unreadable":
        return _("A code has {n} letters, such as CDFH-JKMN. Check it, letter by letter.").format(n=CODE_LENGTH)
    return _("This is not the code. Check it, letter by letter, or ask the person who gave it to you.")


def wait_words() -> str:
    return _("Too many wrong codes. Wait up to an hour, or try with the right code.")


def view_gone_page() -> ViewGonePage:
    return ViewGonePage(title=_("There is nothing here"))


def viewed_page(view: DoctorView) -> ViewedPage:
    return ViewedPage(
        title=_("A patient’s own record"),
        answered=date_words(view.copy.answered_at),
        until=date_words(view.ends_at),
        signs=tuple(dict.fromkeys(sign for part in view.copy.parts for line in part.lines for sign in line.signs)),
        parts=view.copy.parts,
    )


def _line(view: DoctorView, now: datetime) -> ViewLine:
    state = _("ended")
    if is_open(view, now):
        state = _("open until {day}").format(day=date_words(view.ends_at))
    elif is_shut(view, now):
        state = _("closed after wrong codes")
    looked = _("not opened yet") if not view.looks else _("last opened {day}").format(day=date_words(view.looks[-1]))
    words = _("Made on {day}").format(day=date_words(view.created_at))
    return ViewLine(id=str(view.id), words=words, state=f"{state}, {looked}")
