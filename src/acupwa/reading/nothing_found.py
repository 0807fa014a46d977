"""What nobody has studied: one list on a page, not a card for each. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from acupwa.library.model import Library
from acupwa.reading.pieces import ClaimCard, Piece


class NothingFound(msgspec.Struct, frozen=True):
    """`names` are outcomes on which there is no study at all. The other answers say more, so they say it in full."""

    names: tuple[str, ...] = ()
    claims: tuple[ClaimCard, ...] = ()


def is_nothing_found(piece: Piece) -> bool:
    """Whether it belongs into the list. What is not known about safety stays in its place."""
    return isinstance(piece, ClaimCard) and piece.direction == "nothing-found" and piece.outcome != "safety"


def nothing_found(cards: Iterable[ClaimCard], library: Library) -> NothingFound:
    studied = {
        (claim.condition, claim.outcome) for claim in library.claims.values() if claim.direction != "nothing-found"
    }
    bare: list[str] = []
    told: list[ClaimCard] = []
    for card in cards:
        # The name alone would be wrong where something was found on it after all, in other trials or in animals.
        if card.studies or (card.condition, card.outcome) in studied:
            told.append(card)
        else:
            bare.append(card.outcome)
    names = tuple(outcome.name for id, outcome in library.outcomes.items() if id in bare)
    return NothingFound(names, tuple(told))
