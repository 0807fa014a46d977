"""What the quiz's templates get: one typed value a page. No HTML here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.library.model import Call, Instrument, Library, Precaution, Rating, RedFlag
from acupwa.person.codes import code_qr, shown_code
from acupwa.quiz.answer_words import AGE_WORDS, BEFORE_WORDS, FOR_WHOM_WORDS
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.countries import countries_by_name, zones_by_country
from acupwa.quiz.forms import ACUPUNCTURE_BEFORE, Read
from acupwa.quiz.help_lines import CountryNumbers, Phone, crisis_phones, numbers_by_country, phones_for
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers, CheckIn
from acupwa.quiz.retired_answers import known_check_in
from acupwa.quiz.review import Care, Review, care_of, make_review
from acupwa.quiz.rules import (
    REVIEW,
    flags_after_needles,
    flags_lately,
    flags_of_follow_up,
    flags_right_now,
    needs_mood_support,
    position,
    precautions_asked,
    ratings_asked,
    screen_before,
    screens_by_id,
    screens_of,
    symptom_choices,
)
from acupwa.quiz.safety import EMERGENCY
from acupwa.web.forms import FieldError, FormData
from acupwa.web.qr import QrPicture
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words

Option = tuple[str, str, str]
_SHOWN_LENGTH, _SHOWN_FIELDS = 200, 200
# At once on the screen itself, on the next one for whoever sees no CSS, and at the end.
_SUPPORT_ON = ("before-needles", REVIEW)


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the quiz is, and the button that begins it. The same for everyone."""

    template: ClassVar[str] = "quiz/start.html"
    title: str
    consent: tuple[str, ...]
    consent_version: str


class ResumePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "quiz/resume.html"
    title: str
    done: int
    steps: int
    day: str
    go_on: str


class SavedPage(msgspec.Struct, frozen=True):
    """A draft was saved."""

    template: ClassVar[str] = "quiz/_saved.html"


class ElsewherePage(msgspec.Struct, frozen=True, kw_only=True):
    """A draft was not saved, as the screen was answered elsewhere since. `address` shows the screen as it is now."""

    template: ClassVar[str] = "quiz/_elsewhere.html"
    address: str


class PausedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown, once. `until` is a day in words. `left_out`: what was on the screen is not saved."""

    template: ClassVar[str] = "quiz/paused.html"
    title: str
    left_out: bool
    code: str
    qr: QrPicture
    until: str
    go_on: str


class WholePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "quiz/whole.html"
    title: str
    errors: tuple[FieldError, ...]
    sent: tuple[tuple[str, str], ...]


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    short: str
    sign: str
    why: str
    do: str
    urgency: str
    our_reading: bool
    ticked: bool
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


class SignGroup(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    signs: tuple[Sign, ...]


class Signs(msgspec.Struct, frozen=True, kw_only=True):
    """Danger signs to tick. `none_name` is the field of "None of these"."""

    legend: str
    groups: tuple[SignGroup, ...]
    none_name: str
    none: bool


class AboutYou(msgspec.Struct, frozen=True, kw_only=True):
    for_whom: tuple[Option, ...]
    for_whom_chosen: tuple[str, ...]
    ages: tuple[Option, ...]
    age_chosen: tuple[str, ...]
    countries: tuple[tuple[str, str], ...]
    country: str
    zones: dict[str, tuple[str, ...]]
    conditions: tuple[Option, ...]
    conditions_chosen: tuple[str, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One 0-10 question. `value` is None, `skip` or the number as text."""

    name: str
    legend: str
    low: str
    high: str
    value: str | None


class MoodItem(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    legend: str
    value: str | None


class Overall(msgspec.Struct, frozen=True, kw_only=True):
    """All in all: the impression of change, asked from the second time on, and a note."""

    impression: MoodItem
    choices: tuple[Option, ...]
    credit: str
    note: str


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """`overall` is None the first time."""

    peg: tuple[Asked, ...]
    peg_credit: str
    activity: Asked
    own: tuple[Asked, ...]
    overall: Overall | None = None


class Impact(msgspec.Struct, frozen=True, kw_only=True):
    intro: str
    items: tuple[MoodItem, ...]
    choices: tuple[Option, ...]
    credit: str
    phones: tuple[Phone, ...]


class PrecautionGroup(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    options: tuple[Option, ...]


class BeforeNeedles(msgspec.Struct, frozen=True, kw_only=True):
    groups: tuple[PrecautionGroup, ...]
    chosen: tuple[str, ...]
    none: bool


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """A question of a follow-up, with what was answered the time before in words."""

    asked: Asked
    last: str


class MoodLast(msgspec.Struct, frozen=True, kw_only=True):
    item: MoodItem
    last: str


class Since(msgspec.Struct, frozen=True, kw_only=True):
    """What happened since last time. `signs` are the danger signs after needles, if they are asked here."""

    since: str
    sessions: str
    effects: tuple[Option, ...]
    effects_chosen: tuple[str, ...]
    no_effects: bool
    signs: tuple[Sign, ...]
    changes: tuple[Option, ...]
    changes_chosen: tuple[str, ...]
    no_changes: bool


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """The questions of last time, the main outcome first."""

    own: tuple[Last, ...]
    peg: tuple[Last, ...]
    peg_credit: str
    activity: Last | None
    mood_intro: str
    mood: tuple[MoodLast, ...]
    mood_choices: tuple[Option, ...]
    mood_credit: str
    phones: tuple[Phone, ...]
    overall: Overall


class AgainPage(msgspec.Struct, frozen=True, kw_only=True):
    """Which length? Shown to whoever finished one before. `full_only` when there is nothing to follow up."""

    template: ClassVar[str] = "quiz/again.html"
    title: str
    last: str


class WhatMatters(msgspec.Struct, frozen=True, kw_only=True):
    problem_words: str
    problem: Asked
    question: str
    unnamed: str
    symptoms: tuple[Option, ...]
    main_symptom: tuple[str, ...]
    activity_words: str
    before: tuple[Option, ...]
    before_chosen: tuple[str, ...]
    stopping: tuple[str, ...]


Part = Signs | AboutYou | Ratings | Impact | BeforeNeedles | WhatMatters | Since | Again | Review


class ScreenPage(msgspec.Struct, frozen=True, kw_only=True):
    """One screen. `support` is the calm line for a hard time, with numbers, said from PHQ-4 on.

    `emergency` is what to do when an answer so far is an emergency; None on the screens that say it anyway.
    `elsewhere` are the numbers of every country: to choose from, and for a phone to find its own when no country is
    known.
    `version` and `opened` (milliseconds since 1970) go back with the form: which answers it was made from, and when.
    """

    template: ClassVar[str] = "quiz/screen.html"
    title: str
    lead: str
    errors: tuple[FieldError, ...]
    screen: str
    check_in: str
    step: int
    steps: int
    minutes: int
    back: str
    finished: bool
    follow_up: bool
    about_another: bool
    support: bool
    support_phones: tuple[Phone, ...]
    emergency: Care | None
    country: str | None
    elsewhere: tuple[CountryNumbers, ...]
    part: Part
    version: int = 0
    opened: int = 0


def start_page(library: Library, draft_days: int, person_days: int) -> StartPage:
    return StartPage(
        title=_("Check-in"),
        consent=consent_lines(library, draft_days, person_days),
        consent_version=library.quiz.consent.version,
    )


def screen_page(
    check_in: CheckIn,
    screen: str,
    library: Library,
    read: Read | None = None,
    earlier: CheckIn | None = None,
    *,
    version: int = 0,
    opened: int = 0,
) -> ScreenPage:
    """A screen with the answers so far, or with those of a form that has faults (`read`).

    `earlier` is the check-in before it: a follow-up shows it beside its questions, and its country holds until
    another is chosen. A country is never guessed from the language.
    """
    earlier = known_check_in(earlier, library) if earlier else None
    answers = read.answers if read else known_check_in(check_in, library).answers
    typed = read.typed if read else {}
    country = answers.country or (earlier.answers.country if earlier else None)
    # Position and way back follow what is stored: a faulty form must not bend the path under the reader.
    place = position(check_in, screen, library)
    head = screens_by_id(check_in.variant, library)[screen]
    part = _part(check_in, screen, answers, typed, country, library, earlier)
    before = screen_before(check_in, screen)
    return ScreenPage(
        title=part.title if isinstance(part, Review) and part.title else head.title,
        lead=part.lead if isinstance(part, Review) and part.lead else head.lead,
        errors=read.errors if read else (),
        screen=screen,
        check_in=str(check_in.id),
        step=place.step,
        steps=place.steps,
        minutes=place.minutes,
        back=_back(check_in, before),
        finished=check_in.finished,
        follow_up=check_in.variant == "follow-up",
        about_another=answers.answering_for in ("someone-i-care-for", "my-child"),
        support=screen in _SUPPORT_ON and needs_mood_support(answers),
        support_phones=crisis_phones(country, library),
        emergency=_emergency(screen, answers, country, library),
        country=country,
        elsewhere=numbers_by_country(library) if screen == "right-now" or country is None else (),
        part=part,
        version=version,
        opened=opened,
    )


def review_page(check_in: CheckIn, library: Library, missing: Sequence[str]) -> ScreenPage:
    """The review with what must still be answered before the quiz can be finished."""
    page = screen_page(check_in, "review", library)
    screens = screens_by_id(check_in.variant, library)
    errors = tuple(
        FieldError(screen, _("Answer “{screen}” first.").format(screen=screens[screen].title)) for screen in missing
    )
    return msgspec.structs.replace(page, errors=errors)


def resume_page(draft: CheckIn) -> ResumePage:
    """What was answered, and when, so that a restored draft surprises nobody."""
    screens = screens_of(draft)[:-1]
    answered = [screen for screen in screens if screen in draft.seen]
    return ResumePage(
        title=_("Carry on or start again?"),
        done=len(answered),
        steps=len(screens),
        day=weekday_date_words(draft.updated_at.date()),
        go_on=f"/quiz/{draft.id}",
    )


def again_page(earlier: CheckIn) -> AgainPage:
    finished = earlier.finished_at or earlier.updated_at
    return AgainPage(title=_("Check in again"), last=weekday_date_words(finished.date()))


def elsewhere_page(check_in: CheckIn, screen: str) -> ElsewherePage:
    return ElsewherePage(address=f"/quiz/{check_in.id}/{screen}")


def paused_page(draft: CheckIn, code: str, until: datetime, origin: str, *, left_out: bool = False) -> PausedPage:
    return PausedPage(
        title=_("Paused. Take a rest"),
        left_out=left_out,
        code=shown_code(code),
        qr=code_qr(origin, code),
        until=weekday_date_words(until.date()),
        go_on=f"/quiz/{draft.id}",
    )


def whole_page(read: Read, form: FormData) -> WholePage:
    """What is wrong with a quiz that was sent at once, and what was sent."""
    names = [name for name in form.keys() if form.one(name)]  # noqa: SIM118 - not a mapping
    sent = tuple((name, ", ".join(form.many(name))[:_SHOWN_LENGTH]) for name in names)
    return WholePage(title=_("Some answers cannot be kept yet"), errors=read.errors, sent=sent[:_SHOWN_FIELDS])


def _emergency(screen: str, answers: Answers, country: str | None, library: Library) -> Care | None:
    if screen in ("right-now", REVIEW):
        return None
    return next((card for card in care_of(answers, country, library) if card.urgency == EMERGENCY), None)


def _back(check_in: CheckIn, before: str | None) -> str:
    if before is None:
        return "/quiz"
    return f"/quiz/{check_in.id}/{before}"


def _part(
    check_in: CheckIn,
    screen: str,
    answers: Answers,
    typed: dict[str, str],
    country: str | None,
    library: Library,
    earlier: CheckIn | None,
) -> Part:
    if check_in.variant == "follow-up":
        match screen:
            case "right-now":
                return _follow_up_signs(answers, country, library)
            case "ratings":
                return _again(check_in, answers, typed, country, library, earlier)
    match screen:
        case "right-now":
            return _right_now(answers, country, library)
        case "since":
            return _since(check_in, answers, typed, country, library, earlier)
        case "about-you":
            return _about_you(answers, country, library)
        case "lately":
            return _lately(answers, country, library)
        case "ratings":
            ratings = _ratings(answers, check_in.open_items, library)
            overall = _overall(check_in, answers, typed, library) if check_in.again else None
            return msgspec.structs.replace(ratings, overall=overall)
        case "impact":
            return _impact(answers, country, check_in.open_items, library)
        case "before-needles":
            return _before_needles(answers, library)
        case "what-matters":
            return _what_matters(answers, typed, library)
        case _:
            return make_review(check_in, country, library)


# ------------------------------------------------------------------ danger signs


def _right_now(answers: Answers, country: str | None, library: Library) -> Signs:
    return Signs(
        legend=_("Which of these are true right now?"),
        groups=_groups(flags_right_now(library), answers, country, library),
        none_name="none_right_now",
        none=answers.none_right_now,
    )


def _lately(answers: Answers, country: str | None, library: Library) -> Signs:
    return Signs(
        legend=_("Which of these are true for you now?"),
        groups=_groups(flags_lately(answers, library), answers, country, library),
        none_name="none_lately",
        none=answers.none_lately,
    )


def _follow_up_signs(answers: Answers, country: str | None, library: Library) -> Signs:
    signs = _right_now(answers, country, library)
    flags = flags_of_follow_up(answers, library)
    return msgspec.structs.replace(signs, groups=_groups(flags, answers, country, library))


def _groups(flags: Iterable[RedFlag], answers: Answers, country: str | None, library: Library) -> tuple[SignGroup, ...]:
    shown = tuple(flags)
    groups = (
        SignGroup(
            name=group.name,
            signs=tuple(_sign(flag, answers, country, library) for flag in shown if flag.group == group.id),
        )
        for group in library.quiz.flag_groups
    )
    return tuple(group for group in groups if group.signs)


def _sign(flag: RedFlag, answers: Answers, country: str | None, library: Library) -> Sign:
    return Sign(
        id=flag.id,
        short=flag.short,
        sign=flag.sign,
        why=flag.why,
        do=flag.do,
        urgency=flag.urgency,
        our_reading=flag.basis == "our-reading",
        ticked=flag.id in answers.red_flags,
        call=flag.call,
        phones=phones_for((flag,), country, library),
    )


# ------------------------------------------------------------------ about you


def _about_you(answers: Answers, country: str | None, library: Library) -> AboutYou:
    return AboutYou(
        for_whom=_options(FOR_WHOM_WORDS),
        for_whom_chosen=_chosen(answers.answering_for),
        ages=_options(AGE_WORDS),
        age_chosen=_chosen(answers.age_band),
        countries=(("", _("Choose a country")), *countries_by_name(library.language)),
        country=country or "",
        zones={} if country else zones_by_country(),
        conditions=tuple((condition.id, condition.name, condition.hint) for condition in library.conditions.values()),
        conditions_chosen=answers.conditions,
    )


def _options(words: dict[str, tuple[str, str]]) -> tuple[Option, ...]:
    return tuple((value, _(text), _(hint) if hint else "") for value, (text, hint) in words.items())


def _chosen(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


# ------------------------------------------------------------------ ratings and mood


def _ratings(answers: Answers, open_items: Sequence[str], library: Library) -> Ratings:
    peg = library.instruments[PEG]
    values = _item_values(peg, answers, open_items)
    own = tuple(_asked(rating, answers) for rating in ratings_asked(answers, library))
    return Ratings(
        peg=tuple(
            Asked(
                name=f"instruments.{PEG}.{number}",
                legend=item.text,
                low=item.low,
                high=item.high,
                value=values[number - 1],
            )
            for number, item in enumerate(peg.items, 1)
        ),
        peg_credit=peg.credit,
        activity=_asked(library.ratings["activity"], answers),
        own=tuple(one for one in own if one.name != "ratings.activity"),
    )


def _asked(rating: Rating, answers: Answers) -> Asked:
    value = _shown(answers.ratings[rating.key]) if rating.key in answers.ratings else None
    return Asked(name=f"ratings.{rating.key}", legend=rating.text, low=rating.low, high=rating.high, value=value)


def _shown(value: int | None) -> str:
    return "skip" if value is None else str(value)


def _item_values(instrument: Instrument, answers: Answers, open_items: Sequence[str]) -> tuple[str | None, ...]:
    items = answers.instruments.get(instrument.id)
    if items is None:
        return (None,) * len(instrument.items)
    return tuple(
        None if item is None and f"{instrument.id}.{number}" in open_items else _shown(item)
        for number, item in enumerate(items, 1)
    )


def _impact(answers: Answers, country: str | None, open_items: Sequence[str], library: Library) -> Impact:
    mood = library.instruments[MOOD]
    values = _item_values(mood, answers, open_items)
    return Impact(
        intro=mood.intro,
        items=tuple(
            MoodItem(name=f"instruments.{MOOD}.{number}", legend=item.text, value=values[number - 1])
            for number, item in enumerate(mood.items, 1)
        ),
        choices=(
            *((str(choice.value), choice.text, "") for choice in mood.choices),
            ("skip", _("Prefer not to say"), ""),
        ),
        credit=mood.credit,
        phones=crisis_phones(country, library),
    )


# ------------------------------------------------------------------ follow-up


def _since(
    check_in: CheckIn,
    answers: Answers,
    typed: dict[str, str],
    country: str | None,
    library: Library,
    earlier: CheckIn | None,
) -> Since:
    # The full quiz asks the signs after needles with all others, before this.
    signs = flags_after_needles(library) if check_in.variant == "follow-up" else ()
    sessions = typed.get("sessions_since", "")
    if not sessions and answers.sessions_since is not None:
        sessions = str(answers.sessions_since)
    finished = earlier.finished_at if earlier else None
    return Since(
        since=weekday_date_words(finished.date()) if finished else "",
        sessions=sessions,
        effects=tuple((one.id, one.words, one.do) for one in library.side_effects.values()),
        effects_chosen=answers.side_effects,
        no_effects=answers.none_side_effects,
        signs=tuple(_sign(flag, answers, country, library) for flag in signs),
        changes=tuple((one.id, one.name, "") for one in library.quiz.changes),
        changes_chosen=answers.changed_since,
        no_changes=answers.none_changed,
    )


def _again(
    check_in: CheckIn,
    answers: Answers,
    typed: dict[str, str],
    country: str | None,
    library: Library,
    earlier: CheckIn | None,
) -> Again:
    before = earlier.answers if earlier else Answers()
    asks = check_in.asks
    whole = _ratings(answers, check_in.open_items, library)
    mood = _impact(answers, country, check_in.open_items, library)
    asked = [library.ratings[key] for key in library.ratings if key in asks]
    asked.sort(key=lambda rating: rating.key not in ("problem", answers.main_symptom))
    return Again(
        own=tuple(_last_rating(rating, answers, before) for rating in asked),
        peg=tuple(
            Last(asked=one, last=_last_words(_item_before(PEG, number, before))) for number, one in enumerate(whole.peg)
        )
        if PEG in asks
        else (),
        peg_credit=whole.peg_credit,
        activity=_last_rating(library.ratings["activity"], answers, before) if PEG in asks else None,
        mood_intro=mood.intro,
        mood=tuple(
            MoodLast(item=item, last=_last_choice(library.instruments[MOOD], _item_before(MOOD, number, before)))
            for number, item in enumerate(mood.items)
        )
        if MOOD in asks
        else (),
        mood_choices=mood.choices,
        mood_credit=mood.credit,
        phones=mood.phones,
        overall=_overall(check_in, answers, typed, library),
    )


def _overall(check_in: CheckIn, answers: Answers, typed: dict[str, str], library: Library) -> Overall:
    impression = library.instruments[IMPRESSION]
    return Overall(
        impression=MoodItem(
            name=f"instruments.{IMPRESSION}.1",
            legend=impression.items[0].text,
            value=_item_values(impression, answers, check_in.open_items)[0],
        ),
        choices=(
            *((str(choice.value), choice.text, "") for choice in impression.choices),
            ("skip", _("Prefer not to say, or no session yet"), ""),
        ),
        credit=impression.credit,
        note=typed.get("note", answers.note or ""),
    )


def _last_rating(rating: Rating, answers: Answers, before: Answers) -> Last:
    asked = _asked(rating, answers)
    if rating.key == "problem":
        named = answers.problem_words or _("your main problem")
        asked = msgspec.structs.replace(asked, legend=rating.text.replace("{words}", named))
    return Last(asked=asked, last=_last_words(before.ratings.get(rating.key)))


def _item_before(instrument: str, place: int, before: Answers) -> int | None:
    items = before.instruments.get(instrument, ())
    return items[place] if place < len(items) else None


def _last_words(value: int | None) -> str:
    return "" if value is None else _("Last time: {value}.").format(value=value)


def _last_choice(instrument: Instrument, value: int | None) -> str:
    words = {choice.value: choice.text for choice in instrument.choices}
    return "" if value is None else _("Last time: {words}.").format(words=words[value])


# ------------------------------------------------------------------ before needles, what matters


def _before_needles(answers: Answers, library: Library) -> BeforeNeedles:
    asked = precautions_asked(answers, library)
    groups = (
        PrecautionGroup(name=group.name, options=tuple(_statement(one) for one in asked if one.group == group.id))
        for group in library.quiz.precaution_groups
    )
    return BeforeNeedles(
        groups=tuple(group for group in groups if group.options),
        chosen=answers.precautions,
        none=answers.none_before_needles,
    )


def _statement(precaution: Precaution) -> Option:
    return (precaution.id, precaution.question, "")


def _what_matters(answers: Answers, typed: dict[str, str], library: Library) -> WhatMatters:
    problem = library.ratings["problem"]
    unnamed = _("your main problem")
    named = answers.problem_words or unnamed
    asked = _asked(problem, answers)
    return WhatMatters(
        problem_words=typed.get("problem_words", answers.problem_words or ""),
        problem=msgspec.structs.replace(asked, legend=problem.text.replace("{words}", named)),
        question=problem.text,
        unnamed=unnamed,
        symptoms=tuple(_symptom(rating) for rating in symptom_choices(answers, library)),
        main_symptom=_chosen(answers.main_symptom),
        activity_words=typed.get("activity_words", answers.activity_words or ""),
        before=tuple((one, _(BEFORE_WORDS[one]), "") for one in ACUPUNCTURE_BEFORE),
        before_chosen=_chosen(answers.acupuncture_before),
        stopping=() if answers.stopping_medicine is None else ("yes" if answers.stopping_medicine else "no",),
    )


def _symptom(rating: Rating) -> Option:
    if rating.key == "problem":
        return (rating.key, _("None of these: my own words say it best"), "")
    return (rating.key, rating.name, "")
