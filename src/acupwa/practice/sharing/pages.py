"""What sharing looks like to the patient: the preview, their copy. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.practice.links.model import PutOff
from acupwa.practice.links.rules import JUST_NOW
from acupwa.practice.sharing.follow_up.model import FollowUp
from acupwa.practice.sharing.follow_up.reminders import Reminder, reminders_of
from acupwa.practice.sharing.proposals.model import Proposal
from acupwa.practice.sharing.proposals.pages import ProposalLine, proposal_line
from acupwa.practice.sharing.shares.model import OwnShare, Part, Share, SharePreview
from acupwa.practice.sharing.shares.preview import chosen, fingerprint, keys_of, wording
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, filled, moment_words
from acupwa.wording import gettext as _


class PreviewPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/preview.html"
    title: str
    action: str
    back: str
    wording: tuple[str, ...]
    parts: tuple[Part, ...]
    chosen: tuple[str, ...]
    seen: str
    clinic: str
    errors: tuple[FieldError, ...] = ()


class OwnLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    words: str
    state: str


class OwnPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/own.html"
    title: str
    shares: tuple[OwnLine, ...]
    put_off: tuple[PutOff, ...] = ()
    reminders: tuple[Reminder, ...] = ()


class OwnSharePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/own_share.html"
    title: str
    line: OwnLine
    wording: tuple[str, ...]
    parts: tuple[Part, ...]
    views: tuple[str, ...]
    open: bool
    done: str = ""
    sent_back: tuple[ProposalLine, ...] = ()
    reminders: tuple[Reminder, ...] = ()


def preview_page(preview: SharePreview) -> PreviewPage:
    """All of it left in."""
    return _preview_page(preview, None, "")


def refused_page(preview: SharePreview, keys: Collection[str], seen: str) -> PreviewPage:
    """The preview again, and why nothing was shared: the answers are others than those `seen`, `keys` is
    empty or holds one that was not offered, or there is no room for one more.
    """
    if fingerprint(preview.parts) != seen:
        return _preview_page(preview, None, _("Your answers have changed. Please check again what would be shared."))
    if not set(keys) <= keys_of(preview.parts):
        return _preview_page(
            preview, keys, _("We do not recognise one of the lines. Please check again what would be shared.")
        )
    if chosen(preview.parts, keys):
        full = _(
            "You have reached the limit of shared copies. The oldest are deleted when their time is up; then you can share again."
        )
        return _preview_page(preview, keys, full)
    fault = _("Nothing is ticked. Tick what you want to share, or choose not to share.")
    return _preview_page(preview, keys, fault)


def own_page(shares: Sequence[Share], due: Sequence[FollowUp] = (), put_off: Sequence[PutOff] = ()) -> OwnPage:
    """`due`: clinics that ask for a follow-up today. `put_off`: those who wait for a share that was put off."""
    return OwnPage(
        title=_("What you shared"),
        shares=tuple(own_line(one) for one in shares),
        put_off=tuple(put_off),
        reminders=reminders_of(due),
    )


def own_share_page(
    own: OwnShare, sent_back: Sequence[Proposal] = (), due: Sequence[FollowUp] = (), *, now: datetime | None = None
) -> OwnSharePage:
    """`sent_back`: what the clinic sent for it. `due`: the clinic asks for a follow-up today.

    `now` tells what was done within this minute; without it nothing is said of that.
    """
    withdrawn = own.share.withdrawn_at is not None
    words = {
        "opened": _("{who} opened it on {day}, {time}."),
        "beside": _("{who} compared it with a newer one on {day}, {time}."),
        "copied": _("{who} copied it as text on {day}, {time}."),
        "pdf": _("{who} saved it as a PDF on {day}, {time}."),
        "csv": _("{who} saved it as a table on {day}, {time}."),
        "fhir": _("{who} saved it as a file for a record system on {day}, {time}."),
    }
    share = own.share
    return OwnSharePage(
        title=filled(_("Shared with {clinic}"), clinic=share.copy.clinic),
        line=own_line(share),
        wording=share.copy.wording,
        parts=share.copy.parts,
        views=tuple(
            filled(words[one.what], who=one.name, day=date_words(one.at), time=moment_words(one.at))
            for one in own.views
        ),
        open=not withdrawn,
        done=_just_done(own.share, now) if now else "",
        sent_back=tuple(proposal_line(one) for one in sent_back),
        reminders=reminders_of(due),
    )


def _just_done(share: Share, now: datetime) -> str:
    """What the person did to it within this minute: its address has no word of it."""
    if share.withdrawn_at:
        words = _("Withdrawn. The clinic can no longer open it.")
        return words if now - share.withdrawn_at < JUST_NOW else ""
    words = filled(_("Shared. {clinic} can see it now. You can close this page."), clinic=share.copy.clinic)
    return words if now - share.created_at < JUST_NOW else ""


def _preview_page(preview: SharePreview, keys: Collection[str] | None, fault: str) -> PreviewPage:
    """`keys` are those left in; None for all of them."""
    link, parts = preview.link, preview.parts
    all_keys = tuple(line.key for part in parts for line in part.lines)
    return PreviewPage(
        title=filled(_("Share with {clinic}?"), clinic=link.clinic),
        action=f"/me/share/{preview.check_in.id}/{link.id}",
        back=f"/results/{preview.check_in.id}",
        wording=wording(link),
        parts=parts,
        chosen=all_keys if keys is None else tuple(key for key in all_keys if key in keys),
        seen=fingerprint(parts),
        clinic=link.clinic,
        errors=(FieldError("item", fault),) if fault else (),
    )


def own_line(share: Share) -> OwnLine:
    state = (
        _("withdrawn on {day}").format(day=date_words(share.withdrawn_at))
        if share.withdrawn_at
        else _("open until {day}").format(day=date_words(share.ends_at))
    )
    words = filled(_("{clinic}, on {day}"), clinic=share.copy.clinic, day=date_words(share.created_at))
    return OwnLine(id=str(share.id), words=words, state=state)
