"""How it has been, in blocks: the main problem, the other ratings, the time in between, published sums. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.results.blocks import Block, Fold, Item, Items, Link, Links, Note, Part, RatingBars, Subheading, Text
from acupwa.results.interval import Interval
from acupwa.results.ratings import Ratings, Sum
from acupwa.results.summary import Summary
from acupwa.sentences import say
from acupwa.wording import gettext as _


def main_part(ratings: Ratings) -> Part:
    """The main problem alone, on the first screen."""
    return Part(id="results-main", look="results-main", title=_("Your main problem"), blocks=tuple(_main(ratings)))


def _main(ratings: Ratings) -> Iterator[Block]:
    if ratings.main:
        yield RatingBars(lines=(ratings.main,), large=True)
        if ratings.main.why_not:
            yield Text(text=ratings.main.why_not)
    if ratings.since_start:
        yield Text(strong=say("results.ratings.since_start"), text=ratings.since_start)


def ratings_part(summary: Summary) -> Part:
    return Part(
        id="results-ratings",
        look="results-ratings",
        title=_("Your numbers"),
        folded="closed",
        blocks=tuple(_numbers(summary)),
    )


def _numbers(summary: Summary) -> Iterator[Block]:
    ratings = summary.ratings
    if ratings.problem_words:
        yield Text(text=say("results.ratings.own_words", words=ratings.problem_words))
    if ratings.lines:
        yield Note(text=say("results.ratings.scale"))
        yield RatingBars(lines=ratings.lines)
    if ratings.minutes:
        yield Text(text=ratings.minutes)
    between = tuple(_since_then(summary.interval)) if summary.interval else ()
    if between:
        yield Subheading(text=_("Between check-ins"))
        yield Items(items=between, look="results-since")
    if ratings.sums:
        yield Items(items=tuple(map(_sum, ratings.sums)), look="results-sums")
    not_compared = tuple(_not_compared(ratings))
    if not_compared:
        yield Items(items=not_compared, look="results-not-compared")
    yield from _grounds(ratings)
    if summary.previous_on:
        yield Links(links=(Link(_("See it over time"), "/progress"),))


def _not_compared(ratings: Ratings) -> Iterator[Item]:
    """Why the others have no change beside them: each reason once, with the names that it holds for."""
    by_reason: dict[str, list[str]] = {}
    told = [(one.name, one.why_not) for one in ratings.lines] + [(one.name, one.why_not) for one in ratings.sums]
    for name, reason in told:
        if reason:
            by_reason.setdefault(reason, []).append(name)
    said = ratings.main.why_not if ratings.main else ""
    for reason, names in by_reason.items():
        words = say("results.change.same_reason") if reason == said else reason
        yield Item(strong=f"{'; '.join(names)}:", text=words)


def _grounds(ratings: Ratings) -> Iterator[Block]:
    if any(line.own for line in ratings.lines):
        yield Note(text=say("results.ratings.not_validated"))
    grounds = " ".join((*ratings.rules, *ratings.sources))
    if grounds:
        yield Fold(title=_("How we compare"), blocks=(Note(text=grounds),))


def _since_then(interval: Interval) -> Iterator[Item]:
    yield from (Item(text=words) for words in (interval.sessions, interval.changes) if words)
    if interval.note:
        yield Item(text=say("results.interval.note", note=interval.note))


def _sum(one: Sum) -> Item:
    behind = say("results.ratings.sum", sum=one.sum) if one.sum else ""
    words = " ".join(part for part in (behind, one.band, one.change) if part)
    return Item(strong=f"{one.name}: {one.shown}.", text=words, small=one.credit)
