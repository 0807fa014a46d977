"""How much may be sent back, and whether it still holds. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

import msgspec

from acupwa.planner.model import PlanRequest
from acupwa.practice.sharing.proposals.model import Fate, Offer, Proposal, Words

NOTE_LENGTH = 1_000
MOST_PAGES = 10


def offer_of(request: PlanRequest) -> Offer:
    """What the practitioner chose. What the patient answered is not in it: they may have changed it by then."""
    return Offer(**{name: getattr(request, name) for name in Offer.__struct_fields__})


def request_of(offer: Offer) -> PlanRequest:
    return PlanRequest(conditions=(), **msgspec.structs.asdict(offer))


def chosen_pages(slugs: Iterable[str], library_pages: Collection[str]) -> tuple[str, ...]:
    """Those that the library has, in its order."""
    asked = set(slugs)
    return tuple(slug for slug in library_pages if slug in asked)


def holding(
    proposals: Sequence[Proposal], open_shares: Collection[UUID], gone: Collection[UUID]
) -> tuple[Proposal, ...]:
    """Those whose share is neither taken back nor over, and whose sender is not among those who are `gone`."""
    return tuple(one for one in proposals if one.share_id in open_shares and one.words.practitioner_id not in gone)


def settled(words: Words, part: str, fate: Fate) -> Words:
    """`part` is pages, plan or all. What was settled before stays as it was."""
    pages, offer = words.pages_fate, words.offer_fate
    if part in ("pages", "all") and pages == "open":
        pages = fate
    if part in ("plan", "all") and offer == "open":
        offer = fate
    return msgspec.structs.replace(words, pages_fate=pages, offer_fate=offer)
