"""Proposals: sent from a share, found by the patient, taken, declined. Nothing changes before the patient's press."""

from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.planner.model import Course
from acupwa.planner.offer import Foreseen, foresee
from acupwa.planner.plan import AskedPlan, SavedPlan
from acupwa.planner.service import current_plan, save_plan
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.service import shown_name, who_left
from acupwa.practice.sharing.proposals import store
from acupwa.practice.sharing.proposals.model import Proposal, Proposed, Words
from acupwa.practice.sharing.proposals.rules import holding, offer_of, request_of, settled
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.service import find_open, list_own, owner_of
from acupwa.practice.trail.service import note_in_trail
from acupwa.quiz.model import Answers
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.service import latest_finished
from acupwa.reading.service import act_on_list


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as the patient finds it. `foreseen` is what taking its plan would give; None without answers."""

    proposal: Proposal
    plan: SavedPlan | None
    foreseen: Foreseen | None


def find_share(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> Share | None:
    """To send something back. This is no look: none of the answers are shown."""
    return find_open(db, now, by.clinic.id, share_id)


def list_sent(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> tuple[Proposal, ...]:
    """What the clinic sent back for a share of its own."""
    found = find_open(db, now, by.clinic.id, share_id)
    return store.list_of_share(db, share_id) if found else ()


def send(
    db: Session,
    now: datetime,
    by: SignedIn,
    share_id: UUID,
    note: str,
    pages: tuple[str, ...],
    asked: AskedPlan | None,
) -> Proposal | None:
    """In place of one that the patient has not answered yet. None when the share may not be looked at any more."""
    share = find_open(db, now, by.clinic.id, share_id)
    person_id = owner_of(db, now, share_id) if share else None
    if share is None or person_id is None:
        return None
    for earlier in store.list_of_share(db, share_id):
        if earlier.open:
            store.delete_proposal(db, earlier.id)
    proposal = Proposal(
        id=new_key(),
        share_id=share_id,
        created_at=now,
        words=Words(
            practitioner_id=by.practitioner.id,
            clinic=by.clinic.name,
            practitioner=shown_name(by.practitioner),
            note=note,
            pages=pages,
            offer=offer_of(asked.request) if asked else None,
            # A note alone is answered by having read it.
            pages_fate="open" if pages or asked is None else None,
            offer_fate="open" if asked else None,
        ),
    )
    store.add_proposal(db, person_id, proposal)
    note_in_trail(
        db,
        now,
        by.clinic.id,
        "proposal-sent",
        by=by.practitioner.id,
        who=shown_name(by.practitioner),
        about=share_id,
    )
    return proposal


def list_holding(db: Session, now: datetime, person_id: UUID) -> tuple[Proposal, ...]:
    """Those that the person may still look at, the newest first."""
    proposals = store.list_of_person(db, person_id)
    if not proposals:
        return ()
    shares = list_own(db, now, person_id)
    standing = {one.id for one in shares if one.withdrawn_at is None and one.ends_at > now}
    gone = who_left(db, now, {one.words.practitioner_id for one in proposals})
    return holding(proposals, standing, gone)


def find_shown(db: Session, now: datetime, person_id: UUID, id: UUID, library: Library, today: date) -> Shown | None:
    proposal = next((one for one in list_holding(db, now, person_id) if one.id == id), None)
    if proposal is None:
        return None
    plan = current_plan(db, now, person_id)
    offer, answers = proposal.words.offer, _answers(db, now, person_id, library)
    if offer is None or answers is None:
        return Shown(proposal=proposal, plan=plan, foreseen=None)
    return Shown(proposal=proposal, plan=plan, foreseen=foresee(request_of(offer), answers, plan, library, today))


def take_pages(db: Session, now: datetime, person_id: UUID, id: UUID, library: Library) -> bool:
    """Pin them to the person's list. False when there is nothing to take."""
    proposal = next((one for one in list_holding(db, now, person_id) if one.id == id), None)
    if proposal is None or proposal.words.pages_fate != "open":
        return False
    for slug in proposal.words.pages:
        if slug in library.pages:
            act_on_list(db, now, person_id, library, "pin", slug)
    store.put_words(db, person_id, id, settled(proposal.words, "pages", "taken"))
    return True


def take_plan(
    db: Session, now: datetime, person_id: UUID, id: UUID, seen: str, library: Library, today: date
) -> bool | None:
    """Keep the plan that was `seen`. False when it would be another one by now, None when there is none to take."""
    shown = find_shown(db, now, person_id, id, library, today)
    if shown is None or shown.proposal.words.offer_fate != "open" or shown.foreseen is None:
        return None
    made = shown.foreseen.made
    if not isinstance(made, Course) or first_visit(shown.foreseen) != seen:
        return False
    save_plan(db, now, person_id, shown.foreseen.asked, made, library)
    store.put_words(db, person_id, id, settled(shown.proposal.words, "plan", "taken"))
    return True


def decline(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """What is open of it. The clinic is not told."""
    proposal = next((one for one in list_holding(db, now, person_id) if one.id == id), None)
    if proposal is None:
        return False
    store.put_words(db, person_id, id, settled(proposal.words, "all", "declined"))
    return True


def delete_proposals(db: Session, now: datetime, share_id: UUID) -> None:
    """All that was sent back for this share."""
    store.delete_of_share(db, share_id)


def export_proposals(db: Session, now: datetime, person_id: UUID) -> tuple[Proposed, ...]:
    """All that we hold, for the person's export."""
    holds = {one.id for one in list_holding(db, now, person_id)}
    return tuple(
        Proposed(
            id=one.id,
            holds=one.id in holds,
            sent_at=one.created_at,
            **{name: getattr(one.words, name) for name in Words.__struct_fields__ if name != "practitioner_id"},
        )
        for one in store.list_of_person(db, person_id)
    )


def first_visit(foreseen: Foreseen) -> str:
    """Tells one making of an offer from another: the first visit that is still to come, and how many there are."""
    visits = foreseen.made.visits if isinstance(foreseen.made, Course) else ()
    ahead = visits[foreseen.kept :]
    return f"{ahead[0].local.isoformat()} {len(ahead)}" if ahead else ""


def _answers(db: Session, now: datetime, person_id: UUID, library: Library) -> Answers | None:
    found = latest_finished(db, now, person_id)
    return known_answers(found.answers, library) if found else None
