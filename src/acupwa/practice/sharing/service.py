"""Sharing as one unit: a share begins with its follow-up, and takes along all that came of it when it is withdrawn."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlmodel import Session

from acupwa.library.model import Library
from acupwa.person.service import find_zone
from acupwa.practice.accounts.people_service import find_clinic
from acupwa.practice.links.service import settle_request, why_ended
from acupwa.practice.sharing.follow_up.service import delete_follow_up, start_follow_up
from acupwa.practice.sharing.notes.service import delete_notes
from acupwa.practice.sharing.proposals.service import delete_proposals
from acupwa.practice.sharing.shares.model import Settled, Share, SharePreview
from acupwa.practice.sharing.shares.preview import chosen, copy_of, fingerprint, keys_of
from acupwa.practice.sharing.shares.service import (
    add_share,
    end_share,
    find_given,
    find_last_given,
    find_preview,
    has_room,
)
from acupwa.results.service import find_history


class ShareChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person left in: the keys of the lines, and the fingerprint of the preview that they saw."""

    check_in_id: UUID
    link_id: UUID
    keys: Collection[str]
    seen: str


def share(
    db: Session, now: datetime, person_id: UUID, choice: ShareChoice, library: Library
) -> Share | SharePreview | None:
    """Share what is left in. The preview again when nothing is, when the answers are others than those seen, and when
    there is no room for one more.

    Pressed again, or twice at once, it is the share that was made first. None when it is not theirs, not finished, or
    nobody asks for it any more.
    """
    preview = find_preview(db, now, person_id, choice.check_in_id, choice.link_id, library)
    if preview is None:
        return find_given(db, now, person_id, choice.check_in_id, choice.link_id)
    parts = chosen(preview.parts, choice.keys)
    if (
        not parts
        or not set(choice.keys) <= keys_of(preview.parts)
        or fingerprint(preview.parts) != choice.seen
        or not has_room(db, now, person_id)
    ):
        return preview
    if not settle_request(db, now, person_id, choice.link_id, shared=True):
        return find_given(db, now, person_id, choice.check_in_id, choice.link_id)
    copy = copy_of(preview.check_in, preview.link, parts)
    made = add_share(db, now, person_id, choice.check_in_id, preview.link, copy, library)
    zone = ZoneInfo(zone_for(db, now, person_id, made.clinic_id))
    start_follow_up(db, now, person_id, made.id, preview.link, now.astimezone(zone).date())
    return made


def find_settled(db: Session, now: datetime, person_id: UUID, check_in_id: UUID, link_id: UUID) -> Settled | None:
    """How it stands with a check-in of theirs of which nothing is to be shared by this link; None when it is not theirs,
    or not finished.
    """
    found = find_history(db, now, person_id, check_in_id)
    if found is None or found.check_in.finished_at is None:
        return None
    given = find_last_given(db, now, person_id, check_in_id, link_id)
    why = None if given else why_ended(db, now, person_id, link_id)
    return Settled(check_in_id=check_in_id, share=given, ended=why)


def withdraw(db: Session, now: datetime, person_id: UUID, share_id: UUID) -> bool:
    """From this moment the clinic sees nothing of it; what it sent back, asks for and noted is gone.

    False when there is nothing of theirs to withdraw.
    """
    if not end_share(db, now, person_id, share_id):
        return False
    delete_proposals(db, now, share_id)
    delete_follow_up(db, now, share_id)
    delete_notes(db, now, share_id)
    return True


def zone_for(db: Session, now: datetime, person_id: UUID, clinic_id: UUID | None = None) -> str:
    """By whose clocks a patient reads of what they shared: their own where known, else the clinic's, else UTC's."""
    own = find_zone(db, now, person_id)
    clinic = find_clinic(db, now, clinic_id) if own is None and clinic_id else None
    return own or (clinic.time_zone if clinic else "UTC")
