"""One of the choices that a form offers."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """What is posted, what people read, and a hint under it. A tuple: templates may write one out as such."""

    value: str
    words: str
    hint: str = ""
