"""The page about a person's own data: everything that is held, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.mydata.check_in_line import CheckInLine, check_in_line
from acupwa.mydata.export_format import Export
from acupwa.mydata.kept_items import KeptItem, kept_items
from acupwa.person.model import Consent, Device
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.links.model import PutOff
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.reminders import Reminder, reminders_of
from acupwa.practice.sharing.proposals.model import ProposalExport
from acupwa.quiz.model import MOST_CHECK_INS
from acupwa.wording import date_words, filled
from acupwa.wording import gettext as _


class ProposalLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something new from a clinic, to be looked at."""

    href: str
    words: str


class DeviceLine(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that can open the answers; `own` is the one that asks."""

    words: str
    own: bool


class PractitionerHeld(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever is signed in as a practitioner in this browser."""

    name: str
    email: str
    clinic: str


class MePage(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is None for a browser of which nothing is held. `done` says what has just happened."""

    template: ClassVar[str] = "mydata/me.html"
    title: str
    since: str | None = None
    done: str = ""
    kept: tuple[KeptItem, ...] = ()
    check_ins: tuple[CheckInLine, ...] = ()
    finished: bool = False
    consents: tuple[Consent, ...] = ()
    devices: tuple[DeviceLine, ...] = ()
    proposals: tuple[ProposalLine, ...] = ()
    put_off: tuple[PutOff, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    practitioner: PractitionerHeld | None = None
    signed_in_before: bool = False


def me_page(
    export: Export | None,
    library: Library,
    *,
    draft_days: int,
    person_days: int,
    now: datetime,
    done: str = "",
    due: Sequence[FollowUp] = (),
    put_off: Sequence[PutOff] = (),
    signed_in: SignedIn | None = None,
    signed_in_before: bool = False,
) -> MePage:
    """Everything that is held, in plain words, with the day until which it is kept.

    `due` are clinics that ask for a follow-up today, `put_off` those who wait for a share that was put off.
    `signed_in` is who works as a practitioner in this browser; `signed_in_before` that its sign-in has ended.
    """
    title = _("What we keep about you")
    held = _practitioner_held(signed_in) if signed_in else None
    if export is None:
        return MePage(title=title, practitioner=held, signed_in_before=signed_in_before)
    return MePage(
        title=title,
        since=date_words(export.person.created_at),
        done=_done_words().get(done, ""),
        kept=tuple(kept_items(export, person_days, now)),
        check_ins=tuple(check_in_line(check_in, draft_days, library) for check_in in export.check_ins),
        finished=any(check_in.finished for check_in in export.check_ins),
        consents=export.consents,
        devices=tuple(_device_line(device) for device in export.devices),
        proposals=tuple(_proposal_line(one) for one in export.proposals if one.holds and one.open),
        put_off=tuple(put_off),
        reminders=reminders_of(due),
        practitioner=held,
    )


def _practitioner_held(signed_in: SignedIn) -> PractitionerHeld:
    who = signed_in.practitioner
    return PractitionerHeld(name=who.shown_name, email=who.email, clinic=signed_in.clinic.name)


def _done_words() -> dict[str, str]:
    return {
        "imported": _("Done. Everything in the file is here now."),
        "check-in-deleted": _("Done. The check-in is deleted."),
        "full": _(
            "You have {most} check-ins here, as many as we keep. Delete one of the old ones below, then start again."
        ).format(most=MOST_CHECK_INS),
        "asking-stopped": _("Done. This clinic will not ask you again automatically."),
        "others-forgotten": _("Done. Only this browser can open your answers now."),
    }


def _proposal_line(proposal: ProposalExport) -> ProposalLine:
    words = filled(_("{clinic} sent you something"), clinic=proposal.clinic)
    return ProposalLine(href=f"/me/proposals/{proposal.id}", words=words)


def _device_line(device: Device) -> DeviceLine:
    words = _("Since {first}, last here on {last}").format(
        first=date_words(device.created_at), last=date_words(device.seen_at)
    )
    return DeviceLine(words=words, own=device.own)
