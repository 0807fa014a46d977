"""The page of what a person has here: their check-ins, and the ways to all else that is theirs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.mydata.check_in_line import CheckInLine, check_in_line
from acupwa.mydata.export_format import Export
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.links.model import PutOff
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.reminders import Reminder, reminders_of
from acupwa.practice.sharing.proposals.model import ProposalExport
from acupwa.quiz.model import MOST_CHECK_INS
from acupwa.wording import filled
from acupwa.wording import gettext as _

# Check-ins that stand open; the older ones are folded.
SHOWN = 3


class ProposalLine(msgspec.Struct, frozen=True, kw_only=True):
    """Something new from a clinic, to be looked at."""

    href: str
    words: str


class PractitionerHeld(msgspec.Struct, frozen=True, kw_only=True):
    """Whoever is signed in as a practitioner in this browser."""

    name: str
    email: str
    clinic: str


class MePage(msgspec.Struct, frozen=True, kw_only=True):
    """`known` is False for a browser of which nothing is held. `done` says what has just happened.

    `last_summary` is the address of the newest one. `older` check-ins are folded, and open when one of them is to be deleted.
    """

    template: ClassVar[str] = "mydata/me.html"
    title: str
    known: bool = False
    done: str = ""
    check_ins: tuple[CheckInLine, ...] = ()
    older: tuple[CheckInLine, ...] = ()
    shows_older: bool = False
    finished: bool = False
    last_summary: str = ""
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
    done: str = "",
    due: Sequence[FollowUp] = (),
    put_off: Sequence[PutOff] = (),
    signed_in: SignedIn | None = None,
    signed_in_before: bool = False,
) -> MePage:
    """What someone has here, the newest first.

    `due` are clinics that ask for a follow-up today, `put_off` those who wait for a share that was put off.
    `signed_in` is who works as a practitioner in this browser; `signed_in_before` that its sign-in has ended.
    """
    held = practitioner_held(signed_in)
    if export is None:
        return MePage(title=_("You"), practitioner=held, signed_in_before=signed_in_before)
    lines = tuple(check_in_line(check_in, draft_days, library) for check_in in export.check_ins)
    return MePage(
        title=_("You"),
        known=True,
        done=done_words(done),
        check_ins=lines[:SHOWN],
        older=lines[SHOWN:],
        shows_older=done in ("full", "check-in-deleted"),
        finished=any(check_in.finished for check_in in export.check_ins),
        last_summary=next((f"/results/{one.id}" for one in export.check_ins if one.finished), ""),
        proposals=tuple(_proposal_line(one) for one in export.proposals if one.holds and one.open),
        put_off=tuple(put_off),
        reminders=reminders_of(due),
        practitioner=held,
    )


def practitioner_held(signed_in: SignedIn | None) -> PractitionerHeld | None:
    if signed_in is None:
        return None
    who = signed_in.practitioner
    return PractitionerHeld(name=who.shown_name, email=who.email, clinic=signed_in.clinic.name)


def done_words(done: str) -> str:
    """What has just happened, by its name in the address; nothing for any other name."""
    words = {
        "imported": _("Done. Everything in the file is here now."),
        "check-in-deleted": _("Done. The check-in is deleted."),
        "full": _(
            "You have {most} check-ins here, as many as we keep. Delete one of the old ones below, then start again."
        ).format(most=MOST_CHECK_INS),
        "asking-stopped": _("Done. This clinic will not ask you again automatically."),
        "others-forgotten": _("Done. Only this browser can open your answers now."),
    }
    return words.get(done, "")


def _proposal_line(proposal: ProposalExport) -> ProposalLine:
    words = filled(_("{clinic} sent you something"), clinic=proposal.clinic)
    return ProposalLine(href=f"/me/proposals/{proposal.id}", words=words)
