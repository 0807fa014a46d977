"""An answer as the reason of something: a plan that is not made, a caution. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Reason(msgspec.Struct, frozen=True):
    """`kind` is a key of the answers (or of a plan request), `id` what was answered there."""

    kind: str
    id: str

    def __str__(self) -> str:
        return reason_text(self)


def reason_text(reason: Reason) -> str:
    """`red_flags:septic-joint`: how a reason stands in files and in the content."""
    return f"{reason.kind}:{reason.id}"


def reason_texts(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(reason_text(one) for one in reasons)
