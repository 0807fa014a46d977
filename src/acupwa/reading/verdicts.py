"""Verdicts on popular claims in words, and the claims as other pages point to them. Pure."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library, PopularClaim, Verdict
from acupwa.wording import gettext as _


class VerdictWords(msgspec.Struct, frozen=True):
    """`id` names the icon; the word always stands beside it."""

    id: Verdict
    word: str
    meaning: str


class PopularLink(msgspec.Struct, frozen=True):
    """A popular claim as others point to it: `claim` in quotation marks, `short` in a sentence or two."""

    id: str
    claim: str
    short: str
    verdict: VerdictWords

    @property
    def href(self) -> str:
        return f"/claims/{self.id}"


def verdicts() -> tuple[VerdictWords, ...]:
    """All verdicts, the best first."""
    return (
        VerdictWords("supported", _("Supported"), _("Good studies in people say the same.")),
        VerdictWords("partly", _("Partly true"), _("Part of it is true. The rest has not been shown.")),
        VerdictWords("contested", _("Contested"), _("Studies disagree, or the claim goes further than they do.")),
        VerdictWords("animal-only", _("Animals only"), _("Shown in animals, not in people.")),
        VerdictWords("not-found", _("Source not found"), _("We looked for the study it names and did not find it.")),
    )


def verdict_words(verdict: Verdict) -> VerdictWords:
    return next(one for one in verdicts() if one.id == verdict)


def popular_link(popular: PopularClaim) -> PopularLink:
    quoted = _("“{claim}”").format(claim=popular.claim.strip().rstrip("."))
    return PopularLink(popular.id, quoted, popular.short.strip(), verdict_words(popular.verdict))


def popular_of_page(library: Library, slug: str) -> tuple[PopularLink, ...]:
    """The claims that send their readers on to this page."""
    return tuple(popular_link(one) for one in library.popular.values() if slug in one.pages)
