"""A number of 10,000 as a picture: 100 blocks of 10 by 10. Pure."""

from __future__ import annotations

import msgspec

from acupwa.library.harm_counts import find_harm_count
from acupwa.wording import gettext as _
from acupwa.wording import number_words

# A block is 10 units wide, with a gap of 1 to the next.
_PITCH = 11
_IN_A_BLOCK = 100


class Harms(msgspec.Struct, frozen=True):
    """`count` of 10,000 `unit` (people, treatments …) as read; `shown` dots are drawn full."""

    count: float
    unit: str
    says: str
    shown: int
    path: str

    @property
    def number(self) -> str:
        """The count in words, whole: the fact below the picture says it to the digit."""
        if self.count == self.shown:
            return number_words(self.count)
        if self.count < 0.5:
            return _("Fewer than 1")
        return _("About {number}").format(number=number_words(self.shown))

    @property
    def few(self) -> bool:
        """Whether all full dots stand in the first block, which is then drawn once more, larger, so that they are seen."""
        return self.shown <= _IN_A_BLOCK


def find_harms(says: str) -> Harms | None:
    """The number of 10,000 that a fact gives, or None when it gives none (or more than 10,000)."""
    counted = find_harm_count(says)
    if counted is None:
        return None
    # Half rounds up; what is rarer than one half still happened to someone, and gets a dot.
    shown = max(1, int(counted.count + 0.5)) if counted.count else 0
    return Harms(counted.count, counted.unit, says, shown, _path(shown))


def _path(shown: int) -> str:
    """The outline around the first `shown` dots, row by row, block by block, in units of one dot."""
    blocks, rest = divmod(shown, _IN_A_BLOCK)
    parts = [_box(*_corner(number), 10, 10) for number in range(blocks)]
    if rest:
        left, top = _corner(blocks)
        rows, dots = divmod(rest, 10)
        if rows:
            parts.append(_box(left, top, 10, rows))
        if dots:
            parts.append(_box(left, top + rows, dots, 1))
    return "".join(parts)


def _corner(block: int) -> tuple[int, int]:
    return block % 10 * _PITCH, block // 10 * _PITCH


def _box(left: int, top: int, wide: int, high: int) -> str:
    return f"M{left} {top}h{wide}v{high}h-{wide}z"
