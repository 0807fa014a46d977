"""One answer as data and in words: what the review, the summary, sharing, the table and the files read. Pure."""

from __future__ import annotations

import msgspec

from acupwa.quiz.model import Answers
from acupwa.wording import gettext as _

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


def make_line(
    key: str,
    question: str,
    words: tuple[str, ...],
    *,
    ids: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    private: bool = False,
) -> AnswerLine:
    """A line of one answer; without `words` it says that there is none."""
    said = words or (_("Not answered"),)
    return AnswerLine(key=key, question=question, words=said, given=bool(words), ids=ids, flags=flags, private=private)


def line_or_none(line: AnswerLine, mark: str, answers: Answers) -> AnswerLine:
    """The line of what was ticked; where nothing was, "None of these" if that was. `mark` is its field of `Answers`."""
    if line.given or not getattr(answers, mark):
        return line
    return make_line(mark, line.question, (_("None of these"),))
