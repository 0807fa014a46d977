"""Proposals: sent from a share, found by the patient, taken, declined. Nothing changes before the patient's press."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlmodel import Session

from acupwa.db.presses import once
from acupwa.db.tables import new_key
from acupwa.library.model import Library
from acupwa.person.look_service import wake
from acupwa.planner.gate_of_state import check_in_for_gate
from acupwa.planner.model import Course, SavedPlan
from acupwa.planner.plan import PlannerState
from acupwa.planner.preview import PlanPreview, preview_proposal
from acupwa.planner.safety import to_confirm
from acupwa.planner.service import current_plan, save_plan
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.people_service import who_left
from acupwa.practice.sharing.proposals import store
from acupwa.practice.sharing.proposals.model import Proposal, ProposalContent, ProposalDraft, ProposalExport
from acupwa.practice.sharing.proposals.rules import can_be_taken, content_of, current, request_of, with_reply
from acupwa.practice.sharing.shares.model import Share
from acupwa.practice.sharing.shares.service import find_open, hold_open, list_own, look_on, owner_of
from acupwa.practice.trail.service import note_in_trail
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.service import list_check_ins
from acupwa.reading.service import act_on_list

PlanTaking = Literal["taken", "changed", "gone"]


class ProposalDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as the patient finds it. `preview` is what taking its plan would give; None without answers.

    `to_confirm`: before a plan begins, what to know before needles is gone through again. `check_ins` are all of the
    patient's.
    """

    proposal: Proposal
    plan: SavedPlan | None
    preview: PlanPreview | None
    to_confirm: bool = False
    check_ins: tuple[CheckIn, ...] = ()


def find_share(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> Share | None:
    """To send something back. The form is filled in by the answers, and a plan that is refused tells them: a look."""
    return look_on(db, now, by, share_id)


def list_sent(db: Session, now: datetime, by: SignedIn, share_id: UUID) -> tuple[Proposal, ...]:
    """What the clinic sent back for a share of its own."""
    found = find_open(db, now, by.clinic.id, share_id)
    return store.list_of_share(db, share_id) if found else ()


def send(
    db: Session, now: datetime, by: SignedIn, share_id: UUID, draft: ProposalDraft, press: str = ""
) -> Proposal | None:
    """In place of one that the patient has not answered yet; one for each `press` of the button (`db.presses`).

    None when the share may not be looked at any more.
    """
    return once(db, now, press, lambda: _send(db, now, by, share_id, draft), Proposal)


def _send(db: Session, now: datetime, by: SignedIn, share_id: UUID, draft: ProposalDraft) -> Proposal | None:
    share = hold_open(db, now, by.clinic.id, share_id)
    person_id = owner_of(db, now, share_id) if share else None
    if person_id is None:
        return None
    for previous in store.list_of_share(db, share_id):
        if previous.content.open:
            store.delete_proposal(db, previous.id)
    proposal = Proposal(id=new_key(), share_id=share_id, created_at=now, content=content_of(draft, by))
    store.add_proposal(db, person_id, proposal)
    wake(db, now, person_id)
    note_in_trail(
        db, now, by.clinic.id, "proposal-sent", by=by.practitioner.id, who=by.practitioner.shown_name, about=share_id
    )
    return proposal


def list_current(db: Session, now: datetime, person_id: UUID) -> tuple[Proposal, ...]:
    """Those that the person may still look at, the newest first."""
    proposals = store.list_of_person(db, person_id)
    if not proposals:
        return ()
    shares = list_own(db, now, person_id)
    standing = {one.id for one in shares if one.withdrawn_at is None and one.ends_at > now}
    gone = who_left(db, now, {one.content.practitioner_id for one in proposals})
    return current(proposals, standing, gone)


def find_detail(db: Session, now: datetime, person_id: UUID, id: UUID, library: Library) -> ProposalDetail | None:
    proposal = _find_current(db, now, person_id, id)
    if proposal is None:
        return None
    plan = current_plan(db, now, person_id)
    proposed, check_ins = proposal.content.plan, list_check_ins(db, now, person_id)
    check_in = check_in_for_gate(check_ins, library)
    if proposed is None or check_in is None:
        return ProposalDetail(proposal=proposal, plan=plan, preview=None)
    answers = _answers(check_in, library)
    return ProposalDetail(
        proposal=proposal,
        plan=plan,
        preview=preview_proposal(request_of(proposed), answers, plan, library, now),
        to_confirm=to_confirm(PlannerState(check_in=check_in, check_ins=check_ins, plan=plan), now),
        check_ins=check_ins,
    )


def take_pages(db: Session, now: datetime, person_id: UUID, id: UUID, library: Library) -> bool:
    """Pin them to the person's list. False when there is nothing to take. Taken before, nothing happens."""
    store.hold(db, person_id, id)
    proposal = _find_current(db, now, person_id, id)
    if proposal is not None and proposal.content.pages_reply == "taken":
        return True
    if proposal is None or not can_be_taken(proposal.content.pages_reply):
        return False
    for slug in proposal.content.pages:
        if slug in library.pages:
            act_on_list(db, now, person_id, library, "pin", slug)
    store.put_content(db, person_id, id, with_reply(proposal.content, "pages", "taken"))
    return True


def take_plan(db: Session, now: datetime, person_id: UUID, id: UUID, seen: str, library: Library) -> PlanTaking:
    """Keep the plan that was `seen`. `changed`: it would be another one by now. `gone`: there is none to take.

    Taken before, nothing happens: it may have been changed since.
    """
    store.hold(db, person_id, id)
    detail = find_detail(db, now, person_id, id, library)
    if detail is not None and detail.proposal.content.plan_reply == "taken":
        return "taken"
    if detail is None or not can_be_taken(detail.proposal.content.plan_reply) or detail.preview is None:
        return "gone"
    made = detail.preview.made
    if detail.to_confirm or not isinstance(made, Course) or first_session(detail.preview) != seen:
        return "changed"
    if save_plan(db, now, person_id, detail.preview.asked, made, library, detail.preview.part) is None:
        return "changed"
    store.put_content(db, person_id, id, with_reply(detail.proposal.content, "plan", "taken"))
    return "taken"


def decline(db: Session, now: datetime, person_id: UUID, id: UUID) -> bool:
    """What is open of it; it can still be taken. The clinic is not told."""
    store.hold(db, person_id, id)
    proposal = _find_current(db, now, person_id, id)
    if proposal is None:
        return False
    store.put_content(db, person_id, id, with_reply(proposal.content, "all", "declined"))
    return True


def delete_proposals(db: Session, now: datetime, share_id: UUID) -> None:
    """All that was sent back for this share."""
    store.delete_of_share(db, share_id)


def export_proposals(db: Session, now: datetime, person_id: UUID) -> tuple[ProposalExport, ...]:
    """All that we hold, for the person's export."""
    holds = {one.id for one in list_current(db, now, person_id)}
    return tuple(
        ProposalExport(
            id=one.id,
            holds=one.id in holds,
            sent_at=one.created_at,
            **{
                name: getattr(one.content, name)
                for name in ProposalContent.__struct_fields__
                if name != "practitioner_id"
            },
        )
        for one in store.list_of_person(db, person_id)
    )


def first_session(preview: PlanPreview) -> str:
    """Tells one making of an offer from another: the first session that is still to come, and how many there are."""
    sessions = preview.made.sessions if isinstance(preview.made, Course) else ()
    ahead = sessions[preview.kept :]
    return f"{ahead[0].local.isoformat()} {len(ahead)}" if ahead else ""


def _find_current(db: Session, now: datetime, person_id: UUID, id: UUID) -> Proposal | None:
    return next((one for one in list_current(db, now, person_id) if one.id == id), None)


def _answers(check_in: CheckIn, library: Library) -> Answers:
    """Of those without words any more the danger signs stay: they close a plan, too."""
    told = check_in.answers
    known = known_answers(told, library)
    return msgspec.structs.replace(known, red_flags=told.red_flags, groups=told.groups)
