"""How it has been, in blocks: the ratings, what changed, the time in between, published sums. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.results.blocks import Block, Fold, Item, Items, Link, Note, Part, RatingBars, RatingTable, Subheading, Text
from acupwa.results.interval import Interval
from acupwa.results.ratings import Ratings, Sum
from acupwa.results.summary import Summary
from acupwa.sentences import say
from acupwa.wording import gettext as _


def ratings_part(summary: Summary) -> Part:
    return Part(
        id="results-ratings", look="results-ratings", title=_("How you have been"), blocks=tuple(_how_it_was(summary))
    )


def _how_it_was(summary: Summary) -> Iterator[Block]:
    ratings = summary.ratings
    if ratings.problem_words:
        yield Text(text=say("results.ratings.own_words", words=ratings.problem_words))
    if ratings.lines:
        yield RatingBars(lines=ratings.lines, picture=ratings.picture)
    if ratings.minutes:
        yield Text(text=ratings.minutes)
    yield from _changes(ratings)
    if summary.previous_on:
        yield Text(links=(Link(_("See it over time"), "/progress"),), look="results-go", on="screen")
    if summary.interval:
        yield Subheading(text=_("Between check-ins"))
        yield Items(items=tuple(_since_then(summary.interval)), look="results-since")
    if ratings.lines:
        yield RatingTable(lines=ratings.lines)
    if ratings.sums:
        yield Items(items=tuple(map(_sum, ratings.sums)), look="results-sums")
    if any(line.own for line in ratings.lines):
        yield Note(text=say("results.ratings.not_validated"))


def _changes(ratings: Ratings) -> Iterator[Block]:
    changes = [Item(strong=f"{line.name}:", text=line.change) for line in ratings.lines if line.change]
    if not changes:
        return
    if ratings.since_start:
        changes.append(Item(strong=say("results.ratings.since_start"), text=ratings.since_start))
    yield Subheading(text=_("Since last time"))
    yield Items(items=tuple(changes), look="results-changes")
    grounds = " ".join((*ratings.rules, *ratings.sources))
    if grounds:
        yield Fold(title=_("How we compare"), blocks=(Note(text=grounds),))
        yield Note(text=grounds, on="paper")


def _since_then(interval: Interval) -> Iterator[Item]:
    yield from (Item(text=words) for words in (interval.sessions, interval.changes) if words)
    yield from (Item(strong=f"{one.says}.", text=one.do) for one in interval.effects)
    if interval.note:
        yield Item(text=say("results.interval.note", note=interval.note))


def _sum(one: Sum) -> Item:
    behind = say("results.ratings.sum", sum=one.sum) if one.sum else ""
    words = " ".join(part for part in (behind, one.band, one.change) if part)
    return Item(strong=f"{one.name}: {one.shown}.", text=words, small=one.credit)
