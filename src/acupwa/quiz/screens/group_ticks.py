"""A group that was ticked with nothing chosen inside: how screens show, read and tell it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from acupwa.library.model import Library
from acupwa.quiz.answer_line import AnswerLine, make_line
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.groups import group_words, known_groups
from acupwa.quiz.model import Answers

GROUPS = "groups"


def read_groups(reader: AnswerReader, here: Collection[str], chosen: Collection[str]) -> list[str]:
    """Takes the posted groups in place of those of this screen (`here`); those of other screens stay.

    A group with something chosen inside says no more than that: `chosen` are the groups of what was ticked. Whatever is
    posted counts, also the group of another screen: none is ever dropped. All on one page, each screen takes its own.
    Returns what was taken.
    """
    known = known_groups(reader.library)
    posted = [one for one in reader.ids(GROUPS, known) if one not in chosen and (one in here or not reader.one_page)]
    kept = [one for one in reader.answers[GROUPS] if one not in here]
    reader.answers[GROUPS] = tuple(one for one in known if one in {*kept, *posted})
    return posted


def group_lines(groups: Iterable[str], answers: Answers, library: Library) -> Iterable[AnswerLine]:
    """A line that tells the groups that were ticked; none where there are none."""
    ticked = tuple(one for one in groups if one in answers.groups)
    if ticked:
        words = tuple(group_words(one, library) for one in ticked)
        yield make_line(GROUPS, library.quiz.questions.groups, words, ids=ticked)
