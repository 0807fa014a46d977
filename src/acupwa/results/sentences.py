"""A score in words that a reader can redo (docs/rules.md, "Change"), and the answers that a line stands on."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import AgeBand, Library
from acupwa.results.chance_change import Chance
from acupwa.results.change import LEAST_DAYS, Meaning, Score
from acupwa.wording import gettext as _
from acupwa.wording import ngettext, number_words

MOST_REASONS = 2
# The study behind the chances lasted 28 days; our choice: up to six weeks its figures are told as they are.
LONGEST_MEASURED = 42


def change_words(score: Score) -> str:
    """`7 last time, 4 now. That is 3 lower. Better. …`; empty when there is nothing earlier beside it."""
    if score.meaning == "not-compared":
        return _not_compared_words(score)
    figures = _("{before} last time, {now} now. {size}").format(
        before=_figure(score.previous), now=_figure(score.value), size=size_words(score.change)
    )
    return f"{figures} {meaning_words(score.meaning)} {full_words(score.meaning)}".rstrip()


def brief_change_words(score: Score) -> str:
    """The same for the lines below the main one: the figures, and the one word that the rule gives."""
    if score.meaning == "not-compared":
        return _not_compared_words(score)
    figures = _("{before} then, {now} now: {size}").format(
        before=_figure(score.previous), now=_figure(score.value), size=brief_size_words(score.change)
    )
    return f"{figures} {meaning_words(score.meaning)}"


def brief_size_words(change: float | None) -> str:
    if not change:
        return _("no change.")
    words = _("{size} lower.") if change < 0 else _("{size} higher.")
    return words.format(size=number_words(abs(change)))


def rule_words(used: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Each rule once, from the name of a score and its rule; with the name when it holds for that score only."""
    names: dict[str, list[str]] = {}
    for name, rule in used:
        names.setdefault(rule, []).append(name)
    return tuple(
        _rule_words(of[0] if len(of) == 1 else _("Single ratings"), *rule.split(", ")) for rule, of in names.items()
    )


def _rule_words(name: str, same: str, small: str, clear: str) -> str:
    return _(
        "{name}: a change of {same} is about the same, {small} is a small change, within usual ups "
        "and downs, {clear} or more is better or worse."
    ).format(name=name, same=_dash(same), small=_dash(small), clear=clear)


def _dash(figures: str) -> str:
    return figures.replace("-", "–")


def _figure(value: float | None) -> str:
    return "" if value is None else number_words(value)


def size_words(change: float | None) -> str:
    if not change:
        return _("That is no change.")
    words = _("That is {size} lower.") if change < 0 else _("That is {size} higher.")
    return words.format(size=number_words(abs(change)))


def meaning_words(meaning: Meaning) -> str:
    return {
        "better": _("Better."),
        "a-little-better": _("A small change."),
        "about-the-same": _("About the same."),
        "a-little-worse": _("A small change."),
        "worse": _("Worse."),
    }.get(meaning, "")


def full_words(meaning: Meaning) -> str:
    """What may be said of such a change, and what not."""
    match meaning:
        case "a-little-better" | "a-little-worse":
            return _("People whose condition has not changed often move this much. We cannot call this a change yet.")
        case "better":
            return _("A change this size is more than most people's usual ups and downs.")
        case "worse":
            return _(
                "A change this size is more than most people's usual ups and downs. "
                "If this worries you, talk to your GP or specialist team."
            )
    return ""


def chance_words(chance: Chance | None, days: int | None) -> str:
    """What people's ordinary ups and downs do. It is no chance that this person has or has not changed."""
    if chance is None:
        return ""
    if chance.least == chance.most:
        words = _("Of 100 people with nothing really changed, about {most} would still move by {points} or more.")
    else:
        words = _("Of 100 people with nothing really changed, {least} to {most} would still move by {points} or more.")
    said = words.format(least=chance.least, most=chance.most, points=chance.points)
    longer = _("Over a longer time it may be more.") if (days or 0) > LONGEST_MEASURED else ""
    return " ".join(part for part in (said, longer) if part)


def _not_compared_words(score: Score) -> str:
    match score.not_compared:
        case "too-soon":
            return _("Not compared: the two are less than {days} days apart.").format(days=LEAST_DAYS)
        case "reworded":
            return _("Not compared: the words of the question have changed since.")
        case "skipped":
            return _("Not compared: not answered both times.")
    return ""


def because_words(reasons: Iterable[str], library: Library, problem_words: str | None = None) -> tuple[str, ...]:
    """What was answered, in the words of the quiz, for `key:id` reasons; one without words is left out."""
    words = (_answer_words(reason, library, problem_words) for reason in reasons)
    return tuple(dict.fromkeys(word for word in words if word))


def brief_because_words(reasons: Iterable[str], library: Library, problem_words: str | None = None) -> tuple[str, ...]:
    """The first reasons, and how many there are beside them."""
    words = because_words(reasons, library, problem_words)
    more = len(words) - MOST_REASONS
    if more <= 0:
        return words
    return (*words[:MOST_REASONS], ngettext("and {n} more", "and {n} more", more).format(n=more))


def age_words(age_band: AgeBand | str) -> str:
    return {
        "under-16": _("under 16"),
        "16-17": _("16 or 17"),
        "18-39": _("18 to 39"),
        "40-64": _("40 to 64"),
        "65-plus": _("65 or over"),
    }.get(age_band, age_band)


def symptom_words(key: str, library: Library, problem_words: str | None = None) -> str:
    """The name of a rating; the main problem goes by the person's own words when they gave some."""
    if key == "problem" and problem_words:
        return problem_words
    return library.ratings[key].name


def _answer_words(reason: str, library: Library, problem_words: str | None) -> str:
    key, _colon, one = reason.partition(":")
    match key:
        case "red_flags" if one in library.red_flags:
            return library.red_flags[one].short.rstrip(".")
        case "precautions" if one in library.precautions:
            return library.precautions[one].question.rstrip(".")
        case "conditions" if one in library.conditions:
            return library.conditions[one].name
        case "age_band":
            return _("age: {age}").format(age=age_words(one))
        case "main_symptom" | "ratings" if one in library.ratings:
            return symptom_words(one, library, problem_words)
        case "stopping_medicine":
            return _("thinking of stopping or changing a medicine")
        case "instruments" if one in library.instruments:
            return library.instruments[one].name
    return ""
