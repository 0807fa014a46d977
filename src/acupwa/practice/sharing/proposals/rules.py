"""How much may be sent back, and whether it still holds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.planner.model import PlanRequest
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.sharing.proposals.model import Proposal, ProposalContent, ProposalDraft, ProposedPlan, Reply

Part = Literal["pages", "plan", "all"]
NOTE_LENGTH = 1_000
MOST_PAGES = 10


def content_of(draft: ProposalDraft, by: SignedIn) -> ProposalContent:
    return ProposalContent(
        practitioner_id=by.practitioner.id,
        clinic=by.clinic.name,
        practitioner=by.practitioner.shown_name,
        note=draft.note,
        pages=draft.pages,
        plan=proposed_plan(draft.plan.request) if draft.plan else None,
        # A note alone is answered by having read it.
        pages_reply="open" if draft.pages or draft.plan is None else None,
        plan_reply="open" if draft.plan else None,
    )


def proposed_plan(request: PlanRequest) -> ProposedPlan:
    """What the practitioner chose. What the patient answered is not in it: they may have changed it by then."""
    return ProposedPlan(**{name: getattr(request, name) for name in ProposedPlan.__struct_fields__})


def request_of(plan: ProposedPlan) -> PlanRequest:
    return PlanRequest(conditions=(), **msgspec.structs.asdict(plan))


def chosen_pages(slugs: Iterable[str], library_pages: Collection[str]) -> tuple[str, ...]:
    """Those that the library has, in its order."""
    asked = set(slugs)
    return tuple(slug for slug in library_pages if slug in asked)


def current(
    proposals: Sequence[Proposal], open_shares: Collection[UUID], gone: Collection[UUID]
) -> tuple[Proposal, ...]:
    """Those whose share is neither taken back nor over, and whose sender is not among those who are `gone`."""
    return tuple(one for one in proposals if one.share_id in open_shares and one.content.practitioner_id not in gone)


def can_be_taken(reply: Reply | None) -> bool:
    """None: there is nothing to take."""
    return reply in ("open", "declined")


def with_reply(content: ProposalContent, part: Part, reply: Reply) -> ProposalContent:
    """What was taken stays taken; what was left can still be taken."""
    pages, plan = content.pages_reply, content.plan_reply
    if part in ("pages", "all") and can_be_taken(pages):
        pages = reply
    if part in ("plan", "all") and can_be_taken(plan):
        plan = reply
    return msgspec.structs.replace(content, pages_reply=pages, plan_reply=plan)
