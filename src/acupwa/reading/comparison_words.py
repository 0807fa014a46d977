"""What acupuncture was compared with, in words. One place, so that it is called the same everywhere."""

from __future__ import annotations

from acupwa.library.model import Claim, Comparator, Comparison, Study
from acupwa.wording import gettext as _

SHAM_TYPE: tuple[Comparator, ...] = ("sham", "minimal-needling")


def comparator_words(comparator: Comparator) -> str:
    return {
        "sham": _("sham (pretend) needles"),
        "minimal-needling": _("minimal needling (very light, but the needles go in)"),
        "usual-care": _("usual care"),
        "none": _("no treatment"),
        "waitlist": _("waiting, with treatment later"),
        "drug": _("a medicine instead"),
        "drug-alone": _("the same medicines alone"),
        "other-needling": _("another kind of needling"),
        "moxibustion": _("heat (moxa)"),
        "relaxation-training": _("relaxation training"),
        "reflexology": _("foot massage (reflexology)"),
        "herbal-medicine": _("Chinese herbs"),
        "uncontrolled": _("nothing: people were only followed or counted"),
    }[comparator]


def comparison_words(claim: Claim) -> str:
    """For “Compared with …”: the words of the claim's comparison, and what it adds to them."""
    if claim.comparator == "other":
        return claim.comparison_note
    words = _words_of(claim.comparator)
    return f"{words}, {claim.comparison_note}" if claim.comparison_note else words


def _words_of(comparison: Comparison) -> str:
    match comparison:
        case "sham-or-minimal-needling":
            return _("sham (pretend) needles, or minimal needling (very light, but the needles go in)")
        case "no-acupuncture":
            return _("no acupuncture: usual care, waiting or nothing")
        case "mixed" | "other":
            return _("several things, and what we read does not name them all")
        case "any":
            return _("anything")
        case _:
            return comparator_words(comparison)


def sham_words(study: Study) -> str:
    """Whether there was a sham. Kept apart from other comparisons: only a sham tells needles from hope."""
    if not study.about_people:
        return _("Does not apply: this is not about people.")
    if "sham" in study.comparators:
        return _("Yes, with sham (pretend) needles. That helps to tell the needles from hope and care.")
    if study.sham_controlled:
        return _(
            "Not with sham, but with minimal needling. It is very light, but the needles go in, so it may do something."
        )
    if not study.comparators:
        return _("Not stated in what we read")
    return _("No. Without sham needles, nobody can tell the needles from hope and care.")


def sham_short(study: Study) -> str:
    """The same for a line of a list; empty where the comparison was not read."""
    if study.sham_controlled:
        return _("with sham") if "sham" in study.comparators else _("with minimal needling")
    return _("no sham") if study.comparators else ""


def other_comparators(study: Study) -> tuple[str, ...]:
    """What it was compared with beside sham and minimal needling."""
    return tuple(comparator_words(one) for one in study.comparators if one not in SHAM_TYPE)
