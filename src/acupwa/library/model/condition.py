"""The conditions that a person may tick."""

from __future__ import annotations

from typing import Literal

from acupwa.library.model.base import Content

Condition = Literal["ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia", "other", "none-yet"]


class ConditionName(Content, frozen=True, kw_only=True):
    """`short` is for a narrow place; `in_sentence` goes on after "you have"; `hint` stands below the name where it is
    ticked.
    """

    id: Condition
    name: str
    short: str
    in_sentence: str = ""
    hint: str = ""
