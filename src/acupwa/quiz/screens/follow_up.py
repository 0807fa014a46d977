"""The follow-up on its one page: danger signs, the main problem, a few numbers, what changed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine
from acupwa.quiz.answer_reader import AnswerReader
from acupwa.quiz.groups import known_groups, signs_in
from acupwa.quiz.model import CheckIn
from acupwa.quiz.screens import between_check_ins, danger_signs, follow_up_ratings, still_true
from acupwa.quiz.screens.between_check_ins import BetweenCheckIns
from acupwa.quiz.screens.danger_signs import DangerSigns
from acupwa.quiz.screens.follow_up_ratings import FollowUpRatings
from acupwa.quiz.screens.group_ticks import GROUPS, read_groups
from acupwa.quiz.screens.questions import ScreenAnswers
from acupwa.quiz.screens.still_true import StillTrue
from acupwa.sentences import say
from acupwa.web.declared import Declared, fields_of, many_of

_NONE = "none_right_now"


class FollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """`opening` are the changes that ask what is still true before needles. `yes_changed` and `yes_effects`: their list
    is asked for. `more_answered`: something under "Answer more" was answered here, so it stands open.
    """

    template: ClassVar[str] = "quiz/screens/follow_up.html"
    signs: DangerSigns
    ratings: FollowUpRatings
    since: BetweenCheckIns
    opening: tuple[str, ...]
    yes_changed: bool
    yes_effects: bool
    still_true: StillTrue
    more_answered: bool


def ask(on: ScreenAnswers, library: Library) -> FollowUp:
    ratings, since = follow_up_ratings.ask(on, library), between_check_ins.ask(on, library)
    effects_here = since.effects_known and not since.from_plan and bool(on.answers.side_effects)
    return FollowUp(
        signs=danger_signs.ask_follow_up(on, library),
        ratings=ratings,
        since=since,
        opening=tuple(one.id for one in library.quiz.changes if one.asks_precautions),
        yes_changed=bool(on.answers.changed_since) or "none_changed" in on.typed,
        yes_effects=bool(on.answers.side_effects) or "none_side_effects" in on.typed,
        still_true=still_true.ask(on, library),
        more_answered=_more_answered(ratings) or effects_here,
    )


def fields(library: Library, asks: Collection[str]) -> Declared:
    return {
        **many_of(RED_FLAGS, GROUPS),
        **fields_of(_NONE),
        **follow_up_ratings.fields(library, asks),
        **between_check_ins.fields(library, asks),
        **still_true.fields(),
    }


def read(reader: AnswerReader) -> None:
    check_in = reader.check_in
    if check_in is None:
        raise ValueError("a follow-up is read over its check-in")
    signs = danger_signs.read_ticked_signs(reader, danger_signs.any_sign)
    follow_up_ratings.read(reader)
    between_check_ins.read(reader)
    _read_yes(reader, "side_effects", "none_side_effects")
    _read_yes(reader, "changed_since", "none_changed")
    chosen = {group.id for group in reader.library.quiz.flag_groups if _holds_one(group.id, signs, reader.library)}
    _read_groups(reader, {*chosen, *still_true.read(reader)})
    _need_signs_or_none(reader)
    still_true.read_missing(reader, check_in)


def lines(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    yield from danger_signs.lines_follow_up(check_in, library)
    yield from follow_up_ratings.lines(check_in, library)
    yield from between_check_ins.lines(check_in, library)
    yield from still_true.lines(check_in, library)


# ------------------------------------------------------------------ pages of an earlier release


def read_old(reader: AnswerReader) -> None:
    """One of those screens, from a page that was open since: what it ticks is added, and nothing is taken off.

    The one page comes next, with all of it. What is wrong is asked there.
    """
    ticked = reader.ids(RED_FLAGS, reader.library.red_flags)
    reader.answers[RED_FLAGS] = tuple(dict.fromkeys((*reader.answers[RED_FLAGS], *ticked)))
    known = known_groups(reader.library)
    groups = {*reader.answers[GROUPS], *reader.ids(GROUPS, known)}
    reader.answers[GROUPS] = tuple(one for one in known if one in groups)
    follow_up_ratings.read(reader)
    between_check_ins.read(reader)


def no_lines(_check_in: CheckIn, _library: Library) -> Iterable[AnswerLine]:
    return ()


# ------------------------------------------------------------------ its parts


def _holds_one(group: str, signs: Collection[str], library: Library) -> bool:
    return any(one.id in signs for one in signs_in(group, library))


def _more_answered(ratings: FollowUpRatings) -> bool:
    minutes, all_in_all = ratings.minutes, ratings.all_in_all
    values = [one.question.value for one in ratings.more]
    values += [all_in_all.impression.value, all_in_all.note, minutes.value if minutes else ""]
    return any(values)


def _read_groups(reader: AnswerReader, chosen: Collection[str]) -> None:
    """All groups of the page at once: without the answer that all is right, those before needles are kept."""
    known = known_groups(reader.library)
    signs = [group.id for group in reader.library.quiz.flag_groups]
    before = reader.answers[GROUPS]
    read_groups(reader, signs if not reader.confirmed else list(known), chosen)
    # One in which something was chosen now says no more than that.
    dropped = set(before) & set(chosen)
    reader.answers[GROUPS] = tuple(one for one in reader.answers[GROUPS] if one not in dropped)


def _need_signs_or_none(reader: AnswerReader) -> None:
    signs = {group.id for group in reader.library.quiz.flag_groups}
    ticked = bool(reader.answers[RED_FLAGS]) or bool(signs & set(reader.answers[GROUPS]))
    none = reader.none_mark(_NONE)
    if ticked and none:
        reader.error(RED_FLAGS, say("quiz.faults.sign_and_none"))
    elif not ticked and not none:
        reader.error(RED_FLAGS, say("quiz.faults.signs"))


def _read_yes(reader: AnswerReader, name: str, mark: str) -> None:
    """ "Yes" shows a list: whoever presses on without choosing in it is asked which."""
    if reader.posted.get(mark) and not reader.answers[mark] and not reader.answers[name]:
        reader.keep_typed(mark, reader.posted[mark])
        reader.error(name, say("quiz.faults.which_or_no"))
