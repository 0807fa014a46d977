"""What a share says, as data: the source of its blocks. All of it comes from the copies that the patient saw. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import msgspec

from acupwa.library.model import Library
from acupwa.practice.inbox.shared_check_in import records_over_time
from acupwa.practice.inbox.trends import BesideLine, beside_lines, trends_over_time
from acupwa.practice.sharing.shares.model import Copy, ListedShare, Share, SharedLine
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import IMPRESSION
from acupwa.quiz.rules import needs_mood_support
from acupwa.quiz.safety import URGENCIES, derive
from acupwa.results.advice import AdviceGroup, advice_groups, titles_for_the_practitioner
from acupwa.results.blocks import Answer
from acupwa.results.progress import TrendPart
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

_SINCE = {"sessions_since", "side_effects", "none_side_effects", "changed_since", "none_changed"}
_WORDS = {"problem_words", "activity_words"}


class SharedSign(msgspec.Struct, frozen=True, kw_only=True):
    """`when` is how soon the app told the patient to get help."""

    words: str
    when: str


class PreviousShare(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    day: str


class AnswersOfPart(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    answers: tuple[Answer, ...]


class SharedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """`standing` is the main outcome beside its start. `support_for_mood`: a pair of the mood questions asks for it.

    `credits` are those of the published questions in it. `other_answers` differ from the previous share, `same` is how
    many do not. `compared`: some answer has one beside it.
    """

    title: str
    id: str
    seen: bool
    answered: str
    until: str
    signs: tuple[SharedSign, ...]
    main: Answer | None
    changes: tuple[Answer, ...]
    compared: bool
    before_needles: tuple[AdviceGroup, ...]
    words: tuple[Answer, ...]
    parts: tuple[AnswersOfPart, ...]
    trends: tuple[TrendPart, ...]
    previous: tuple[PreviousShare, ...]
    other_answers: tuple[BesideLine, ...]
    same: int
    standing: str
    note: str
    support_for_mood: bool
    credits: tuple[str, ...]
    phones: tuple[Phone, ...]


def shared_summary(share: Share, previous: Sequence[Share], note: str, library: Library) -> SharedSummary:
    """`previous` is what the same person shared before, the newest first."""
    copy, lines, main = share.copy, share.copy.lines, share.copy.main
    records = records_over_time((share, *previous), library)
    trends = trends_over_time(records, library)
    beside = beside_lines(share, previous[0], library) if previous else ()
    answers = records[0].answers
    held = derive(answers, library)
    return SharedSummary(
        title=name_of(share),
        id=str(share.id),
        seen=share.seen,
        answered=date_words(copy.answered_at or copy.answered_on),
        until=date_words(share.ends_at),
        signs=signs_of(copy, library),
        main=_answer(main) if main else None,
        changes=tuple(_changes(lines, library)),
        compared=any(one.change for one in lines),
        before_needles=advice_groups(
            held.precautions, titles_for_the_practitioner(), library, unsure=held.unsure, groups=answers.groups
        ),
        words=tuple(_answer(one) for one in lines if one.data.fields & _WORDS),
        parts=tuple(AnswersOfPart(title=part.title, answers=tuple(map(_shown, part.lines))) for part in copy.parts),
        trends=trends,
        previous=tuple(
            PreviousShare(id=str(one.id), day=date_words(one.copy.answered_at or one.copy.answered_on))
            for one in previous
        ),
        other_answers=tuple(one for one in beside if one.before != one.now),
        same=sum(one.before == one.now for one in beside),
        standing=next((one.words for one in trends if one.main), ""),
        note=note,
        support_for_mood=needs_mood_support(answers),
        credits=tuple(library.instruments[one].credit for one in answers.instruments),
        phones=phones_of("emergency", None, library),
    )


def name_of(share: Share | ListedShare) -> str:
    return share.alias or _("Shared on {day}").format(day=date_words(share.created_at))


def signs_of(copy: Copy, library: Library) -> tuple[SharedSign, ...]:
    """The strictest first."""
    when = {
        "emergency-now": _("Emergency"),
        "same-day": _("Help today"),
        "within-days": _("A doctor within days"),
    }
    # Without an id in the first copies. What is not known counts as the strictest.
    found = [pair for item in copy.lines for pair in zip_longest(item.signs, item.flags[: len(item.signs)])]
    urgency = [
        (words, library.red_flags[id].urgency if id in library.red_flags else URGENCIES[0]) for words, id in found
    ]
    ordered = sorted(dict.fromkeys(urgency), key=lambda one: URGENCIES.index(one[1]))
    return tuple(SharedSign(words=words, when=when[one]) for words, one in ordered)


def _answer(line: SharedLine) -> Answer:
    return Answer(question=line.question, answer=" · ".join(line.plain), note=line.change)


def _shown(line: SharedLine) -> Answer:
    return Answer(question=line.question, answer=" · ".join(line.words), sign=bool(line.signs))


def _changes(lines: Sequence[SharedLine], library: Library) -> Iterator[Answer]:
    """Clear changes first, the worse before the better; then what happened since, in the patient's words."""
    for meaning, judged, counted in (("worse", _("Worse"), _("Higher")), ("better", _("Better"), _("Lower"))):
        for line in lines:
            if line.meaning == meaning and not line.main:
                title = counted if _has_borrowed_bounds(line, library) else judged
                yield Answer(question=line.question, answer=title, note=line.change)
    small = sum(line.meaning in ("a-little-worse", "a-little-better", "about-the-same") for line in lines)
    if small:
        words = ngettext("{n} rating", "{n} ratings", small).format(n=small)
        yield Answer(question=_("Little or no change"), answer=words)
    for line in lines:
        if line.data.fields & _SINCE or f"{IMPRESSION}.1" in line.data.items:
            yield _answer(line)


def _has_borrowed_bounds(line: SharedLine, library: Library) -> bool:
    known = [library.ratings[key] for key in line.data.ratings if key in library.ratings]
    return any(one.thresholds.borrowed for one in known)
