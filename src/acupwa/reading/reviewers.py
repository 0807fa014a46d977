"""Who has read a page as a clinician, in words. Pure."""

from __future__ import annotations

from acupwa.library.model import Library, Reviewer
from acupwa.wording import date_words
from acupwa.wording import gettext as _


def reviews_of(library: Library, slug: str) -> tuple[str, ...]:
    """A sentence for each named clinician who has read this page, the latest first."""
    changed = library.pages[slug].head.reviewed
    told = (one for one in _latest_first(library) if not one.pages or slug in one.pages)
    return tuple(
        f"{_said(one)} {_('The page has changed since then.')}" if one.date < changed else _said(one) for one in told
    )


def all_reviews(library: Library) -> tuple[str, ...]:
    """The same for the whole library."""
    return tuple(_said(one) for one in _latest_first(library))


def _latest_first(library: Library) -> tuple[Reviewer, ...]:
    return tuple(sorted(library.reviewers.values(), key=lambda one: (-one.date.toordinal(), one.name)))


def _said(one: Reviewer) -> str:
    return _("Reviewed by {name}, {role}, {day}. Interests: {interests}.").format(
        name=one.name, role=one.role, day=date_words(one.date), interests=one.interests.strip().rstrip(".")
    )
