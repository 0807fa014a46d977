"""A score and its change in words that a reader can redo (docs/rules.md, "Change")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from acupwa.results.chance_change import ChanceChange
from acupwa.results.change import LEAST_DAYS, Meaning, Score
from acupwa.wording import gettext as _
from acupwa.wording import number_words

# The study behind the chances lasted 28 days; our choice: up to six weeks its figures are told as they are.
LONGEST_MEASURED = 42


def all_change_words(
    scores: Mapping[str, Score], main: str | None, chance: ChanceChange | None, days: int | None
) -> dict[str, str]:
    """The main outcome with its chance; it alone is told at length, never the best-looking one. The rest in brief."""
    words = {key: brief_change_words(score) for key, score in scores.items() if key != main}
    if main is not None:
        words[main] = f"{change_words(scores[main])} {chance_change_words(chance, days)}".strip()
    return words


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


def chance_change_words(chance: ChanceChange | None, days: int | None) -> str:
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


def someone_else_words() -> str:
    """Above everything that speaks to the one whom the answers are about."""
    return _("You answered for the person you care for. Where this page says “you”, it means them.")


def record_title() -> str:
    return _("This is a record of your own answers.")


def record_subject() -> str:
    """What a reader of files shows as the subject of the PDF."""
    return _("A record of your own answers")


def record_words() -> str:
    """What a record can never tell."""
    return _(
        "It is not a diagnosis, and it cannot tell whether acupuncture was the reason for a change. Keep taking your "
        "medicines and going to your appointments."
    )


def because_sentence(reasons: Iterable[str]) -> str:
    """What was answered that something stands on; empty without reasons."""
    words = "; ".join(reasons)
    return words and _("Because you answered: {answers}").format(answers=words)
