"""What the templates of the claims check get: the list, and the page of each popular claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

import msgspec

from acupwa.library.model import Claim, GlossaryEntry, Library, PopularClaim
from acupwa.reading.comparison_words import comparison_words
from acupwa.reading.markdown import render_text
from acupwa.reading.model import CONDITIONS_WITH_PAGES
from acupwa.reading.pages import PageLink, page_link
from acupwa.reading.pieces import RenderedText
from acupwa.reading.sources import Source, alias_map
from acupwa.reading.study_pages import StudyLine, study_line
from acupwa.reading.verdicts import PopularLink, VerdictWords, popular_link, verdicts
from acupwa.wording import gettext as _


class PopularGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that stand together. `illness` is empty for those that anyone may meet."""

    id: str
    name: str
    short: str
    illness: str
    claims: tuple[PopularLink, ...]

    @property
    def verdicts(self) -> str:
        return " ".join(dict.fromkeys(one.verdict.id for one in self.claims))


class PopularPage(msgspec.Struct, frozen=True, kw_only=True):
    """`verdicts` come with how many claims got each. An illness without claims of its own has an empty group."""

    template: ClassVar[str] = "reading/claims.html"
    title: str
    description: str
    groups: tuple[PopularGroup, ...]
    verdicts: tuple[tuple[VerdictWords, int], ...]
    number: int

    @property
    def illnesses(self) -> tuple[PopularGroup, ...]:
        return tuple(group for group in self.groups if group.illness)


class ClaimSource(msgspec.Struct, frozen=True, kw_only=True):
    """One source of a claim's page; `study` where it is one. `near`: it did not test the claim itself."""

    source: Source
    study: StudyLine | None
    near: bool


class PopularClaimPage(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is the claim in quotation marks."""

    template: ClassVar[str] = "reading/claim.html"
    title: str
    description: str
    link: PopularLink
    met: str
    group: PopularGroup
    text: RenderedText
    graded: tuple[tuple[Claim, str], ...]
    sources: tuple[ClaimSource, ...]
    pages: tuple[PageLink, ...]
    reviewed: date
    next_review: date
    previous: PopularLink | None
    next: PopularLink | None

    @property
    def hard_words(self) -> tuple[GlossaryEntry, ...]:
        return self.text.hard_words


def popular_page(library: Library) -> PopularPage:
    all_claims = tuple(library.popular.values())
    return PopularPage(
        title=_("Claims check"),
        description=_("Bold claims about acupuncture and autoimmune conditions, each checked against the studies."),
        groups=groups_of(library),
        verdicts=tuple((one, sum(claim.verdict == one.id for claim in all_claims)) for one in verdicts()),
        number=len(all_claims),
    )


def popular_claim_pages(library: Library) -> Iterable[PopularClaimPage]:
    """Every claim with its neighbours in the order of the list. Raises ContentError."""
    row = [(group, link) for group in groups_of(library) for link in group.claims]
    for place, (group, link) in enumerate(row):
        popular = library.popular[link.id]
        text = _text(popular, library)
        yield PopularClaimPage(
            title=link.claim,
            description=f"{link.verdict.word}. {link.short}",
            link=link,
            met=popular.met,
            group=group,
            text=text,
            graded=tuple((one, comparison_words(one)) for one in (library.claims[id] for id in popular.graded)),
            sources=_sources(popular, text, library),
            pages=tuple(page_link(library.pages[slug]) for slug in popular.pages),
            reviewed=popular.reviewed,
            next_review=popular.next_review,
            previous=row[place - 1][1] if place else None,
            next=row[place + 1][1] if place + 1 < len(row) else None,
        )


def groups_of(library: Library) -> tuple[PopularGroup, ...]:
    """The claims as a patient looks for them: her illness first, then what is said to anyone."""
    claims = library.popular.values()
    groups = []
    for condition in CONDITIONS_WITH_PAGES:
        found = [one for one in claims if one.group == "condition" and one.conditions == (condition,)]
        words = library.conditions[condition]
        groups.append(_group(condition, words.name, words.short, condition, found))
    others = (
        ("any-condition", _("Any autoimmune condition"), _("Any condition")),
        ("how-it-works", _("How it is said to work"), _("How it works")),
    )
    for id, name, short in others:
        groups.append(_group(id, name, short, "", [one for one in claims if one.group == id]))
    return tuple(groups)


def _group(id: str, name: str, short: str, illness: str, claims: list[PopularClaim]) -> PopularGroup:
    return PopularGroup(
        id=id, name=name, short=short, illness=illness, claims=tuple(popular_link(one) for one in claims)
    )


def _text(popular: PopularClaim, library: Library) -> RenderedText:
    return render_text(
        library,
        f"popular/{popular.id}",
        lines={"short": popular.short, "fair": popular.fair, "change": popular.what_would_change},
        blocks={"why": popular.why},
        also=(*popular.studies, *popular.near, *popular.facts),
    )


def _sources(popular: PopularClaim, text: RenderedText, library: Library) -> tuple[ClaimSource, ...]:
    aliases = alias_map(library)
    tested = {aliases.get(id, id) for id in popular.studies}
    return tuple(
        ClaimSource(
            source=source,
            study=study_line(library.studies[source.id]) if source.id in library.studies else None,
            near=source.id not in tested,
        )
        for source in text.sources
    )
