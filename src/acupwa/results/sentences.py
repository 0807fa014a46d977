"""A score and its change in words that a reader can redo (docs/rules.md, "Change")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from acupwa.results.chance_change import ChanceChange
from acupwa.results.change import LEAST_DAYS, Meaning, Score
from acupwa.sentences import say
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
    figures = say(
        "results.change.figures",
        before=_figure(score.previous),
        now=_figure(score.value),
        size=size_words(score.change),
    )
    return f"{figures} {meaning_words(score.meaning)} {full_words(score.meaning)}".rstrip()


def brief_change_words(score: Score) -> str:
    """The same for the lines below the main one: the figures, and the one word that the rule gives."""
    if score.meaning == "not-compared":
        return _not_compared_words(score)
    figures = say(
        "results.change.figures_brief",
        before=_figure(score.previous),
        now=_figure(score.value),
        size=brief_size_words(score.change),
    )
    return f"{figures} {meaning_words(score.meaning)}"


def brief_size_words(change: float | None) -> str:
    if not change:
        return say("results.change.no_change_brief")
    key = "results.change.lower_brief" if change < 0 else "results.change.higher_brief"
    return say(key, size=number_words(abs(change)))


def rule_words(used: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Each rule once, from the name of a score and its rule; with the name when it holds for that score only."""
    names: dict[str, list[str]] = {}
    for name, rule in used:
        names.setdefault(rule, []).append(name)
    return tuple(
        _rule_words(of[0] if len(of) == 1 else _("Single ratings"), *rule.split(", ")) for rule, of in names.items()
    )


def _rule_words(name: str, same: str, small: str, clear: str) -> str:
    return say("results.change.rule", name=name, same=_dash(same), small=_dash(small), clear=clear)


def _dash(figures: str) -> str:
    return figures.replace("-", "–")


def _figure(value: float | None) -> str:
    return "" if value is None else number_words(value)


def size_words(change: float | None) -> str:
    if not change:
        return say("results.change.no_change")
    key = "results.change.lower" if change < 0 else "results.change.higher"
    return say(key, size=number_words(abs(change)))


def meaning_words(meaning: Meaning) -> str:
    return {
        "better": say("results.change.better"),
        "a-little-better": say("results.change.small"),
        "about-the-same": say("results.change.about_the_same"),
        "a-little-worse": say("results.change.small"),
        "worse": say("results.change.worse"),
    }.get(meaning, "")


def full_words(meaning: Meaning) -> str:
    """What may be said of such a change, and what not."""
    match meaning:
        case "a-little-better" | "a-little-worse":
            return say("results.change.small_means")
        case "better":
            return say("results.change.better_means")
        case "worse":
            return say("results.change.worse_means")
    return ""


def chance_change_words(chance: ChanceChange | None, days: int | None) -> str:
    """What people's ordinary ups and downs do. It is no chance that this person has or has not changed."""
    if chance is None:
        return ""
    if chance.least == chance.most:
        said = say("results.change.chance", most=chance.most, points=chance.points)
    else:
        said = say("results.change.chance_range", least=chance.least, most=chance.most, points=chance.points)
    longer = say("results.change.chance_longer") if (days or 0) > LONGEST_MEASURED else ""
    return " ".join(part for part in (said, longer) if part)


def _not_compared_words(score: Score) -> str:
    match score.not_compared:
        case "too-soon":
            return say("results.change.too_soon", days=LEAST_DAYS)
        case "reworded":
            return say("results.change.reworded")
        case "skipped":
            return say("results.change.skipped")
    return ""


def someone_else_words() -> str:
    """Above everything that speaks to the one whom the answers are about."""
    return say("results.record.someone_else")


def record_title() -> str:
    return say("results.record.title")


def record_subject() -> str:
    """What a reader of files shows as the subject of the PDF."""
    return say("results.record.subject")


def record_words() -> str:
    """What a record can never tell."""
    return say("results.record.not_a_diagnosis")


def because_sentence(reasons: Iterable[str]) -> str:
    """What was answered that something stands on; empty without reasons."""
    words = "; ".join(reasons)
    return words and say("results.record.because", answers=words)
