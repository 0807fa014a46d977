"""An answer as the reason for something: a page on the list, a danger sign, a closed plan. Pure."""

from __future__ import annotations

import msgspec


class Reason(msgspec.Struct, frozen=True):
    """`kind` is a field of the answers, such as `precautions`; `id` is what was answered there.

    In output it is written as `kind:id`; nothing else reads that text.
    """

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"
