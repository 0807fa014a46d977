"""From a check-in to the lines that can be shared, and from ticks to the copy. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from acupwa.library.model import Library
from acupwa.practice.links.model import NamedLink
from acupwa.practice.links.rules import again_words
from acupwa.practice.sharing.shares.model import REST, WORSE, Copy, Part, SharedLine
from acupwa.practice.sharing.shares.shared_answers import pieces_of
from acupwa.quiz.answer_line import AnswerLine
from acupwa.quiz.answer_lines import known_lines
from acupwa.quiz.groups import group_words, signs_in
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome, screens_by_id
from acupwa.quiz.safety import URGENCIES, derive
from acupwa.quiz.screens.group_ticks import GROUPS
from acupwa.results.change import Score, scores_of
from acupwa.results.previous import previous_scores
from acupwa.results.sentences import brief_change_words
from acupwa.wording import filled, span_words
from acupwa.wording import gettext as _

DERIVED = "derived"


def parts_of(check_in: CheckIn, earlier: CheckIn | None, library: Library) -> tuple[Part, ...]:
    """Every answer that was given, in the order of the quiz. The note for oneself is never among them.

    Neither check-in has retired answers (`known_check_in`).
    """
    answers = check_in.answers
    derived = _derived_signs(answers, library)
    scores = scores_of(answers, previous_scores(check_in, earlier, library), library)
    titles = screens_by_id(check_in.variant, library)
    by_key = {
        f"{screen}.{number}": line
        for screen, of_screen in groupby(known_lines(check_in, library), key=lambda line: line.screen)
        for number, line in enumerate(of_screen, 1)
        if line.given and not line.private
    }
    shared = zip(by_key.values(), _shared_lines(by_key, answers, scores, library), strict=True)
    parts = tuple(
        Part(title=titles[screen].title, lines=tuple(line for _told, line in of_screen))
        for screen, of_screen in groupby(shared, key=lambda pair: pair[0].screen)
    )
    return (_derived_part(derived), *parts) if derived else parts


def chosen(parts: Iterable[Part], keys: Collection[str]) -> tuple[Part, ...]:
    """What was left in; a part with nothing left goes."""
    kept = (Part(title=part.title, lines=tuple(one for one in part.lines if one.key in keys)) for part in parts)
    return tuple(part for part in kept if part.lines)


def copy_of(check_in: CheckIn, link: NamedLink, parts: tuple[Part, ...]) -> Copy:
    return Copy(
        clinic=link.clinic,
        practitioner=link.practitioner,
        wording=wording(link),
        answered_on=(check_in.finished_at or check_in.updated_at).date(),
        variant=check_in.variant,
        parts=parts,
        answered_at=check_in.finished_at or check_in.updated_at,
        quiz_version=check_in.quiz_version,
    )


def rank_of(copy: Copy, library: Library) -> int:
    """Where it stands in the inbox, by what is in the copy alone."""
    flags = [flag for line in copy.lines for flag in line.flags]
    if flags:
        return min(URGENCIES.index(library.red_flags[one].urgency) for one in flags)
    return WORSE if any(line.worse for line in copy.lines) else REST


def wording(link: NamedLink) -> tuple[str, ...]:
    """What is agreed to by pressing the button: who, what for, how long, and back."""
    again = (
        (
            _("They will ask again {when}: on your own page here, on two days at most. You can stop it there.").format(
                when=again_words(link.again)
            ),
        )
        if link.again
        else ()
    )
    return (
        _(
            "Nobody watches these answers: it may be days before someone reads them. If you need help now, do not wait "
            "for the clinic."
        ),
        filled(
            _("Who: the people who work at {clinic}. {who} asked you."),
            clinic=link.clinic,
            who=link.practitioner or link.clinic,
        ),
        _("What for: so that they can prepare for your session."),
        _(
            "They also see when you answered. If you shared with them before, they see that it is the same person, and "
            "those answers alongside these."
        ),
        _("How long: {span}. Then it is deleted.").format(span=span_words(link.share_days)),
        *again,
        _("You can withdraw it at any time on the You page. You can also see there who opened it, and when."),
    )


def keys_of(parts: tuple[Part, ...]) -> frozenset[str]:
    """All the lines that can be ticked."""
    return frozenset(line.key for part in parts for line in part.lines)


def fingerprint(parts: tuple[Part, ...]) -> str:
    """To tell whether what is shared is what was shown."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:24]


def _derived_signs(answers: Answers, library: Library) -> dict[str, str]:
    """Words by the id of a sign. What a group of signs raises is told by the line of the group."""
    signs = derive(answers, library).red_flags
    return {one.id: library.red_flags[one.id].short for one in signs if one.derived and not one.in_group}


def _signs_in(line: AnswerLine, library: Library) -> dict[str, str]:
    """The same for one answer; a group of signs in which nothing was chosen stands for its strictest one."""
    if line.key != GROUPS:
        return {one: library.red_flags[one].short for one in line.flags}
    groups = {group: signs_in(group, library) for group in line.ids}
    return {
        min(signs, key=lambda sign: URGENCIES.index(sign.urgency)).id: group_words(group, library)
        for group, signs in groups.items()
        if signs
    }


def _derived_part(derived: Mapping[str, str]) -> Part:
    signs, words = tuple(derived.values()), _("Signs that follow from other answers")
    line = SharedLine(key=DERIVED, question=words, words=signs, signs=signs, flags=tuple(derived))
    return Part(title=_("Danger signs"), lines=(line,))


def _shared_lines(
    by_key: Mapping[str, AnswerLine], answers: Answers, scores: dict[str, Score], library: Library
) -> Iterator[SharedLine]:
    main_rating = main_outcome(answers)
    changes = {key: brief_change_words(score) for key, score in scores.items() if score.previous is not None}
    pieces = pieces_of(by_key.values(), answers)
    for (key, line), data in zip(by_key.items(), pieces, strict=True):
        rating = next(iter(data.ratings), None)
        score, change = scores.get(rating or ""), changes.get(rating or "", "")
        main = rating is not None and rating == main_rating
        signs = _signs_in(line, library)
        yield SharedLine(
            key=key,
            question=line.question,
            words=(*line.words, change) if change else line.words,
            signs=tuple(signs.values()),
            main=main,
            # A small change is within usual ups and downs: the rules call it none yet.
            worse=main and score is not None and score.meaning == "worse",
            flags=tuple(signs),
            change=change,
            meaning=score.meaning if score and change else "",
            data=data,
            own_words=(answers.problem_words or "") if rating == OWN_PROBLEM else None,
        )
