"""The page about a person's own data: everything that is held, in plain words. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.mydata.export_format import Export
from acupwa.mydata.kept_items import KeptItem, kept_items
from acupwa.mydata.me_page import PractitionerHeld, done_words, practitioner_held
from acupwa.person.model import Consent, Device
from acupwa.practice.accounts.model import SignedIn
from acupwa.wording import date_words
from acupwa.wording import gettext as _


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that can open the answers; `own` is the one that asks."""

    words: str
    own: bool


class DataPage(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is None for a browser of which nothing is held. `done` says what has just happened."""

    template: ClassVar[str] = "mydata/data.html"
    title: str
    since: str | None = None
    done: str = ""
    kept: tuple[KeptItem, ...] = ()
    answered: bool = False
    finished: bool = False
    consents: tuple[Consent, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    practitioner: PractitionerHeld | None = None
    signed_in_before: bool = False


def data_page(
    export: Export | None,
    *,
    person_days: int,
    now: datetime,
    done: str = "",
    signed_in: SignedIn | None = None,
    signed_in_before: bool = False,
) -> DataPage:
    """Everything that is held, in plain words, with the day until which it is kept.

    `signed_in` is who works as a practitioner in this browser; `signed_in_before` that its sign-in has ended.
    """
    title, held = _("Your data"), practitioner_held(signed_in)
    if export is None:
        return DataPage(title=title, practitioner=held, signed_in_before=signed_in_before)
    return DataPage(
        title=title,
        since=date_words(export.person.created_at),
        done=done_words(done),
        kept=tuple(kept_items(export, person_days, now)),
        answered=bool(export.check_ins),
        finished=any(check_in.finished for check_in in export.check_ins),
        consents=export.consents,
        devices=tuple(_device_line(device) for device in export.devices),
        practitioner=held,
    )


def _device_line(device: Device) -> DeviceLine:
    words = _("Since {first}, last here on {last}").format(
        first=date_words(device.created_at), last=date_words(device.seen_at)
    )
    return DeviceLine(words=words, own=device.own)
