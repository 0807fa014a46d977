"""The evidence map as values: where each mark stands, what it looks like, where it leads. Pure.

Rows are outcomes, columns the conditions. One row is one strip of `COLUMNS` square cells of `CELL` units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from acupwa.library.grades import RANK, counted, is_sham_type, people_of
from acupwa.library.model import Certainty, Claim, Direction, Library, Study
from acupwa.reading.model import CONDITIONS_WITH_PAGES
from acupwa.reading.sources import alias_map

Size = Literal["small", "medium", "large"]

CELL = 60
COLUMNS = CONDITIONS_WITH_PAGES
# People in the largest study from which a mark is medium, and large.
MEDIUM_FROM, LARGE_FROM = 100, 1_000
# Half the width of a sign, in units. The rings begin outside the largest.
RADII: Mapping[Size, float] = {"small": 8, "medium": 11, "large": 14.5}
RINGS = (18.0, 21.5, 25.0, 28.5)
PIPS = ((55.5, 4.5), (48.0, 4.5), (55.5, 12.0))


class MapMark(msgspec.Struct, frozen=True, kw_only=True):
    """One cell: its first answer, and how many more there are. `x` is its left edge in units."""

    condition: str
    outcome: str
    direction: Direction
    certainty: Certainty
    people: int | None
    more: int
    x: int

    @property
    def href(self) -> str:
        return f"#{place_of(self.condition, self.outcome)}"

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + CELL / 2, CELL / 2

    @property
    def radius(self) -> float:
        return RADII["small" if self.direction == "nothing-found" else size_of(self.people)]

    @property
    def rings(self) -> int:
        """0 to 4: how sure we are."""
        return RANK[self.certainty]

    @property
    def pips(self) -> tuple[tuple[float, float], ...]:
        """A dot for each further answer, as many as there is room for."""
        return tuple((self.x + x, y) for x, y in PIPS[: self.more])


class MapRow(msgspec.Struct, frozen=True, kw_only=True):
    """All marks of one outcome."""

    outcome: str
    name: str
    marks: tuple[MapMark, ...]


class EvidenceMap(msgspec.Struct, frozen=True, kw_only=True):
    """`width` and `height` of one row, in units; a column is `CELL` wide."""

    columns: tuple[str, ...]
    rows: tuple[MapRow, ...]
    width: int = CELL * len(COLUMNS)
    height: int = CELL


def evidence_map(library: Library) -> EvidenceMap:
    """Every cell of condition × outcome that has an answer, in the order of outcomes.yaml."""
    cells = cells_of(library)
    rows = (
        MapRow(outcome=outcome.id, name=outcome.name, marks=tuple(_marks(outcome.id, cells, library)))
        for outcome in library.outcomes.values()
    )
    return EvidenceMap(columns=COLUMNS, rows=tuple(row for row in rows if row.marks))


def cells_of(library: Library) -> Mapping[tuple[str, str], tuple[Claim, ...]]:
    """The claims of each (condition, outcome): against sham first, nothing found last, else as written."""
    cells: dict[tuple[str, str], list[Claim]] = {}
    for claim in library.claims.values():
        cells.setdefault((claim.condition, claim.outcome), []).append(claim)
    return {place: tuple(sorted(claims, key=_sham_first)) for place, claims in cells.items()}


def people_in_largest(claim: Claim, library: Library) -> int | None:
    """Participants of the largest study that counts for the claim; None when none of them was read.

    Not their sum: reviews hold the trials that stand beside them, and a sum would count people twice.
    """
    if claim.direction == "nothing-found":
        return None
    numbers = [people for study in counted(_studies(claim, library)) if (people := people_of(claim, study))]
    return max(numbers, default=None)


def size_of(people: int | None) -> Size:
    """A number that was not read is drawn small: unknown is never shown as many."""
    if people is None or people < MEDIUM_FROM:
        return "small"
    return "medium" if people < LARGE_FROM else "large"


def place_of(condition: str, outcome: str) -> str:
    """The id of the words that a cell leads to."""
    return f"{condition}-{outcome}"


def _marks(outcome: str, cells: Mapping[tuple[str, str], tuple[Claim, ...]], library: Library) -> Iterable[MapMark]:
    for column, condition in enumerate(COLUMNS):
        claims = cells.get((condition, outcome), ())
        if claims:
            yield MapMark(
                condition=condition,
                outcome=outcome,
                direction=claims[0].direction,
                certainty=claims[0].certainty,
                people=people_in_largest(claims[0], library),
                more=len(claims) - 1,
                x=column * CELL,
            )


def _sham_first(claim: Claim) -> tuple[bool, bool]:
    return claim.direction == "nothing-found", not is_sham_type(claim.comparator)


def _studies(claim: Claim, library: Library) -> Iterable[Study]:
    aliases = alias_map(library)
    return (library.studies[aliases.get(study, study)] for study in claim.studies)
