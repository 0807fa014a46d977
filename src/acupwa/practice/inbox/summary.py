"""What a share says, as data: the source of its blocks. All of it comes from the copies that the patient saw. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import msgspec

from acupwa.library.model import Library
from acupwa.practice.inbox.trends import BesideLine, beside_lines, trends_of_shares
from acupwa.practice.sharing.shares.model import Copy, Item, Share
from acupwa.practice.sharing.shares.said import answers_of
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import IMPRESSION
from acupwa.quiz.rules import needs_mood_support
from acupwa.quiz.safety import URGENCIES
from acupwa.results.advice import AdviceGroup, advice_groups, titles_for_the_practitioner
from acupwa.results.blocks import Answer
from acupwa.results.progress import TrendPart
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

_SINCE = ("sessions_since", "side_effects", "none_side_effects", "changed_since", "none_changed")
_WORDS = ("problem_words", "activity_words")


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
    copy = share.copy
    trends = trends_of_shares((share, *previous), library)
    lines = beside_lines(share, previous[0]) if previous else ()
    answers, _open = answers_of((item.said for item in copy.items), library)
    return SharedSummary(
        title=name_of(share),
        id=str(share.id),
        seen=share.seen,
        answered=date_words(copy.answered_on),
        until=date_words(share.ends_at),
        signs=signs_of(copy, library),
        main=_answer(copy.main) if copy.main else None,
        changes=tuple(_changes(copy)),
        compared=any(one.change for one in copy.items),
        before_needles=advice_groups(_precautions(copy.items), titles_for_the_practitioner(), library),
        words=tuple(_answer(one) for one in copy.items if any(key in one.said for key in _WORDS)),
        parts=tuple(AnswersOfPart(title=part.title, answers=tuple(map(_shown, part.items))) for part in copy.parts),
        trends=trends,
        previous=tuple(PreviousShare(id=str(one.id), day=date_words(one.copy.answered_on)) for one in previous),
        other_answers=tuple(one for one in lines if one.before != one.now),
        same=sum(one.before == one.now for one in lines),
        standing=next((one.words for one in trends if one.main), ""),
        note=note,
        support_for_mood=needs_mood_support(answers),
        credits=tuple(library.instruments[one].credit for one in answers.instruments),
        phones=phones_of("emergency", None, library),
    )


def name_of(share: Share) -> str:
    return share.copy.alias or _("Shared on {day}").format(day=date_words(share.created_at))


def signs_of(copy: Copy, library: Library) -> tuple[SharedSign, ...]:
    """The strictest first."""
    when = {
        "emergency-now": _("Emergency"),
        "same-day": _("Help the same day"),
        "within-days": _("A doctor within days"),
    }
    # Without an id in the first copies. What is not known counts as the strictest.
    found = [pair for item in copy.items for pair in zip_longest(item.signs, item.flags[: len(item.signs)])]
    urgency = [
        (words, library.red_flags[id].urgency if id in library.red_flags else URGENCIES[0]) for words, id in found
    ]
    ordered = sorted(dict.fromkeys(urgency), key=lambda one: URGENCIES.index(one[1]))
    return tuple(SharedSign(words=words, when=when[one]) for words, one in ordered)


def _answer(item: Item) -> Answer:
    return Answer(question=item.question, answer=" · ".join(item.plain), note=item.change)


def _shown(item: Item) -> Answer:
    return Answer(question=item.question, answer=" · ".join(item.answer), sign=bool(item.signs))


def _changes(copy: Copy) -> Iterator[Answer]:
    """Clear changes first, the worse before the better; then what happened since, in the patient's words."""
    for meaning, title in (("worse", _("Worse")), ("better", _("Better"))):
        for item in copy.items:
            if item.meaning == meaning and not item.main:
                yield Answer(question=item.question, answer=title, note=item.change)
    small = sum(item.meaning in ("a-little-worse", "a-little-better", "about-the-same") for item in copy.items)
    if small:
        words = ngettext("{n} rating", "{n} ratings", small).format(n=small)
        yield Answer(question=_("Within usual ups and downs"), answer=words)
    for item in copy.items:
        if any(key in item.said for key in _SINCE) or f"{IMPRESSION}.1" in item.said.get("items", {}):
            yield _answer(item)


def _precautions(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield from item.said.get("precautions", ())
