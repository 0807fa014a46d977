"""What the pages about the app itself show. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.grades import PEOPLE_FOR_HIGH, PEOPLE_FOR_LOW, PEOPLE_FOR_MODERATE
from acupwa.library.model import Claim, Instrument, Library, RedFlag
from acupwa.person.codes import MOVE_FOR, PAUSE_FOR, TRIES_WITHIN
from acupwa.quiz.help_lines import CountryNumbers, Phone, numbers_by_country, phones_of
from acupwa.quiz.minutes import about_words
from acupwa.quiz.safety import URGENCIES
from acupwa.reading.comparison_words import comparison_words
from acupwa.reading.reviewers import all_reviews
from acupwa.results.fhir.model import LOINC_NOTICE
from acupwa.web.forms import FieldError
from acupwa.web.queued_press import KNOWN_FOR
from acupwa.wording import gettext as _
from acupwa.wording import span_words


class AboutPage(msgspec.Struct, frozen=True):
    """`reviews`: the clinicians who have read pages, in words."""

    template: ClassVar[str] = "site/about.html"
    title: str
    reviews: tuple[str, ...] = ()


class HomePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "site/home.html"
    title: str
    pages: int
    picture: str
    minutes: str


class UrgencySigns(msgspec.Struct, frozen=True):
    """The signs of one urgency, in groups for a quick read."""

    urgency: str
    title: str
    lead: str
    groups: tuple[tuple[str, tuple[RedFlag, ...]], ...]


class EmergencyPage(msgspec.Struct, frozen=True):
    """The same for everyone: a phone puts the numbers of its own country first by itself."""

    template: ClassVar[str] = "site/emergency.html"
    title: str
    emergency: tuple[Phone, ...]
    crisis: tuple[Phone, ...]
    elsewhere: tuple[CountryNumbers, ...]
    signs: tuple[UrgencySigns, ...]


class CreditsPage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "site/credits.html"
    title: str
    instruments: tuple[Instrument, ...]
    loinc: str


class PrivacyPage(msgspec.Struct, frozen=True):
    """How long this server keeps what, in words; `kept` names every kind."""

    template: ClassVar[str] = "site/privacy.html"
    title: str
    draft: str
    person: str
    backups: str
    kept: tuple[str, ...]


class GradesPage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "site/grades.html"
    title: str
    high: int
    moderate: int
    low: int


class NamedDrawing(msgspec.Struct, frozen=True):
    """A file of `components/figures` and what it shows, in words."""

    name: str
    words: str


class DesignPage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "site/design.html"
    title: str
    colours: tuple[str, ...]
    drawings: tuple[NamedDrawing, ...]
    body_maps: tuple[NamedDrawing, ...]
    claims: tuple[tuple[Claim, str], ...]
    faults: tuple[FieldError, ...]
    phones: tuple[Phone, ...]
    common_phones: tuple[Phone, ...]
    countries: tuple[CountryNumbers, ...]


def about_page(library: Library) -> AboutPage:
    return AboutPage(_("About Acupwa"), all_reviews(library))


def home_page(library: Library) -> HomePage:
    title = _("Acupuncture alongside your usual care")
    return HomePage(title, len(library.pages), picture=_drawings()[0].words, minutes=about_words("full", library))


def emergency_page(library: Library) -> EmergencyPage:
    return EmergencyPage(
        title=_("Is it urgent?"),
        emergency=phones_of("emergency", None, library),
        crisis=phones_of("crisis", None, library),
        elsewhere=numbers_by_country(library),
        signs=tuple(_signs(urgency, library) for urgency in URGENCIES),
    )


def credits_page(library: Library) -> CreditsPage:
    return CreditsPage(_("Credits"), tuple(library.instruments.values()), LOINC_NOTICE)


def privacy_page(draft_days: int, person_days: int, backup_days: int) -> PrivacyPage:
    draft, person = span_words(draft_days), span_words(person_days)
    return PrivacyPage(
        _("Privacy"),
        draft,
        person,
        span_words(backup_days),
        (
            _("A check-in you did not finish: {span} after you last touched it.").format(span=draft),
            _(
                "Finished check-ins, plan, reading list, consent and the cookie’s fingerprint: {span} after you were last here."
            ).format(span=person),
            _("A code for a paused check-in: {span}, or until it is used.").format(span=span_words(PAUSE_FOR.days)),
            _("A code for another phone: {minutes} minutes, or until it is used.").format(
                minutes=int(MOVE_FOR.total_seconds() // 60)
            ),
            _("A mark that something you pressed offline was done: {span}.").format(span=span_words(KNOWN_FOR.days)),
            _("The fingerprint of a network address, after a wrong code: {minutes} minutes.").format(
                minutes=int(TRIES_WITHIN.total_seconds() // 60)
            ),
            _("A copy you shared with a clinic: as long as you agreed when you shared it."),
        ),
    )


def grades_page() -> GradesPage:
    return GradesPage(_("How we grade the evidence"), PEOPLE_FOR_HIGH, PEOPLE_FOR_MODERATE, PEOPLE_FOR_LOW)


def design_page(library: Library) -> DesignPage:
    first_by_direction = {claim.direction: claim for claim in library.claims.values()}
    return DesignPage(
        title=_("Design"),
        colours=(
            "paper", "surface", "surface-quiet", "line", "line-strong", "text", "text-quiet", "accent",
            "accent-soft", "emergency", "emergency-soft", "urgent", "urgent-soft", "soon", "soon-soft", "calm",
            "calm-soft",
        ),
        drawings=_drawings(),
        body_maps=tuple(NamedDrawing(one.id, one.shows) for one in library.drawings.values()),
        claims=tuple((claim, comparison_words(claim)) for claim in first_by_direction.values()),
        phones=phones_of("emergency", "AT", library),
        common_phones=phones_of("emergency", None, library),
        countries=numbers_by_country(library)[:3],
        faults=(
            FieldError("sample_words", _("Use 80 letters or fewer")),
            FieldError("sample_area_fault", _("Say it in fewer words")),
            FieldError("sample_select_fault", _("Choose one of the list")),
            FieldError("sample_choice_fault", _("Choose first or second")),
            FieldError("sample_rating_fault", _("Choose a number, or say that you prefer not to")),
        ),
    )  # fmt: skip


def _drawings() -> tuple[NamedDrawing, ...]:
    return (
        NamedDrawing(
            "session",
            _("Someone lies under a blanket and smiles; an acupuncturist places the last of four thin needles."),
        ),
        NamedDrawing("waiting-room", _("Someone sits in a waiting room and ticks something on their phone.")),
        NamedDrawing("hands", _("Two hands around a cup of something hot.")),
        NamedDrawing(
            "course", _("Sessions on a winding path: three done, one missed, the next one marked, a flag at the end.")
        ),
        NamedDrawing("check-in", _("A list on a clipboard, two lines ticked.")),
        NamedDrawing("reading", _("An open book.")),
        NamedDrawing("plan", _("A calendar with four sessions, one of them ticked.")),
        NamedDrawing("ra", _("A hand with its finger joints marked.")),
        NamedDrawing("sle", _("A butterfly, the sign of lupus.")),
        NamedDrawing("ms", _("A nerve cell with the cover of its long arm in pieces.")),
        NamedDrawing("hashimoto", _("A neck with the thyroid, shaped like a butterfly.")),
        NamedDrawing("psoriasis", _("A bent arm with patches at the elbow.")),
        NamedDrawing("fibromyalgia", _("A person with sore places all over the body.")),
        NamedDrawing("how-it-works", _("A needle under the skin, and a question mark.")),
        NamedDrawing("safety", _("A shield with a tick.")),
        NamedDrawing("offline", _("A page on a phone, with the network crossed out.")),
        NamedDrawing("empty", _("A cup of something hot.")),
        NamedDrawing("error", _("A signpost with two arms.")),
        NamedDrawing("mark", _("The mark: a letter A that is also a roof, with a needle at rest in it.")),
    )


def _signs(urgency: str, library: Library) -> UrgencySigns:
    title, lead = {
        "emergency-now": (
            _("Call the emergency number now"),
            _("For any one of these. Do not wait."),
        ),
        "same-day": (
            _("Get medical help today"),
            _("Call your doctor, your specialist team or an urgent care line today, even at the weekend."),
        ),
        "within-days": (
            _("See a doctor within days"),
            _("Call and ask for an appointment. Say it is on a list of signs that should not be left."),
        ),
    }[urgency]
    flags = [flag for flag in library.red_flags.values() if flag.urgency == urgency]
    groups = (
        (group.name, tuple(flag for flag in flags if flag.group == group.id)) for group in library.quiz.flag_groups
    )
    return UrgencySigns(urgency, title, lead, tuple((name, found) for name, found in groups if found))
