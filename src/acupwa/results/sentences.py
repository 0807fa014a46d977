"""A score and its change in words that a reader can redo (docs/rules.md, "Change")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from acupwa.quiz.chance_change import ChanceChange, chance_change_words
from acupwa.results.change import LEAST_DAYS, Meaning, Score
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import list_words, number_words


class UsedRule(NamedTuple):
    """The rule by which one score was compared. `borrowed`: as of `Score`."""

    name: str
    rule: str
    borrowed: bool


def all_change_words(
    scores: Mapping[str, Score], main: str | None, chance: ChanceChange | None, days: int | None
) -> dict[str, str]:
    """The main outcome with its chance; it alone is told at length, never the best-looking one. The rest in brief.

    Empty for what is not compared (`why_not_compared`).
    """
    words = {key: brief_change_words(score) if _is_compared(score) else "" for key, score in scores.items()}
    if main is not None and words[main]:
        words[main] = f"{change_words(scores[main])} {chance_change_words(chance, days)}".strip()
    return words


def _is_compared(score: Score) -> bool:
    return score.meaning != "not-compared"


def change_words(score: Score) -> str:
    """`7 last time, 4 now: 3 lower. Better. …`; empty when there is nothing earlier beside it."""
    full = full_words(score.meaning, borrowed=score.borrowed)
    return " ".join(part for part in (brief_change_words(score), full) if part)


def brief_change_words(score: Score) -> str:
    """The same for the lines below the main one: the figures, and the one word that the rule gives, if it may."""
    if score.meaning == "not-compared":
        return why_not_compared(score)
    figures = say(
        "results.change.figures",
        before=_figure(score.previous),
        now=_figure(score.value),
        size=size_words(score.change),
    )
    return f"{figures} {meaning_words(score.meaning, borrowed=score.borrowed)}".rstrip()


def rule_words(used: Iterable[UsedRule]) -> tuple[str, ...]:
    """Each rule once, with the name when it is true of that score only; then why others have the difference alone."""
    names: dict[str, list[str]] = {}
    borrowed = False
    for one in used:
        if one.borrowed:
            borrowed = True
        else:
            names.setdefault(one.rule, []).append(one.name)
    own = tuple(
        _rule_words(of[0] if len(of) == 1 else _("Single ratings"), *rule.split(", ")) for rule, of in names.items()
    )
    return (*own, say("results.change.borrowed")) if borrowed else own


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


def meaning_words(meaning: Meaning, *, borrowed: bool) -> str:
    """The one word of the rule. Empty where its bounds are borrowed: the figures alone stand there."""
    if borrowed:
        return ""
    return {
        "better": say("results.change.better"),
        "a-little-better": say("results.change.small"),
        "about-the-same": say("results.change.about_the_same"),
        "a-little-worse": say("results.change.small"),
        "worse": say("results.change.worse"),
    }.get(meaning, "")


def full_words(meaning: Meaning, *, borrowed: bool) -> str:
    """What may be said of such a change, and what not. Where to go with a worry is said in any case."""
    worried = say("results.change.if_worried") if meaning == "worse" else ""
    if borrowed:
        return worried
    match meaning:
        case "a-little-better" | "a-little-worse":
            return say("results.change.small_means")
        case "better" | "worse":
            return f"{say('results.change.clear_means')} {worried}".rstrip()
    return ""


def why_not_compared(score: Score) -> str:
    """Empty for a score that is compared, or that has nothing before it to be compared with."""
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
    words = list_words(tuple(reasons))
    return words and say("results.record.because", reasons=words)
