"""One answer as data and in words: what the review, the summary, sharing, the table and the files read. Pure."""

from __future__ import annotations

import msgspec

RED_FLAGS = "red_flags"


class AnswerLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer as data and in words. The words are to be read, and nothing is ever decided by them.

    `key` is the field of `Answers` that it tells: `red_flags`, `ratings.pain`, `instruments.peg.1`; where "None of
    these" was ticked it is the mark for that (`none_lately`). `ids` are what was ticked in that field, `flags` the
    red flags among all that it tells. `words` say the answer, one for each tick; with `given` false they say that
    there is none. `private`: for the person alone. `screen` is where it was asked, empty for retired answers.
    """

    key: str
    question: str
    words: tuple[str, ...]
    given: bool
    screen: str = ""
    ids: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    private: bool = False
