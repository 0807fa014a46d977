"""Words for people: translation, dates, times, numbers and money as the reader's language and country write them.

The language decides the words, the country the order of a date, the clock and how money is written (Unicode CLDR,
through Babel). A country that CLDR does not know in this language gets the language's own way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Literal, TypeVar, cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

Direction = Literal["ltr", "rtl"]
Words = TypeVar("Words", bound=str)

LOCALES = Path(__file__).parent / "locale"
CONTENT = Path(__file__).parent / "content"
LANGUAGES: dict[str, Direction] = {"en": "ltr"}
_CATALOGUES: dict[str, Path] = {}
_CONTENT: dict[str, Path] = {}
# How dates and numbers are written where only the language is known.
_HOME = {"en": "en_GB", "en-XA": "en_GB", "ar-XB": "ar"}
_server_language = "en"
_language: ContextVar[str | None] = ContextVar("language", default=None)
_country: ContextVar[str | None] = ContextVar("country", default=None)
_zone: ContextVar[str | None] = ContextVar("zone", default=None)

# Letters that run against the direction of a page, and what sets words apart from the sentence around them (UAX 9).
_AGAINST: dict[Direction, re.Pattern[str]] = {
    "ltr": re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"),
    "rtl": re.compile("[A-Za-z\u00c0-\u024f\u0370-\u058f]"),
}
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

# English dates by which comes first. Other languages take CLDR's own long, full and medium forms.
_ENGLISH_DATES = {
    "day": {"long": "d MMMM y", "weekday": "EEEE d MMMM y", "short-weekday": "EEE d MMM y", "short": "d MMM y"},
    "month": {
        "long": "MMMM d, y",
        "weekday": "EEEE, MMMM d, y",
        "short-weekday": "EEE, MMM d, y",
        "short": "MMM d, y",
    },
}
_CLDR_DATES = {"long": "long", "weekday": "full", "short-weekday": "full", "short": "medium"}


def add_language(code: str, direction: Direction, catalogues: Path = LOCALES, content: Path = CONTENT) -> None:
    """Make `code` one of LANGUAGES: the words of the interface from `catalogues`, all else from `content`."""
    LANGUAGES[code] = direction
    _CATALOGUES[code] = catalogues
    _CONTENT[code] = content
    _translations.cache_clear()


def set_server_language(code: str) -> None:
    """The language of every task that chose none; `code` is a key of LANGUAGES."""
    global _server_language
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    _server_language = code


def set_language(code: str) -> None:
    """Choose the language of this task; `code` is a key of LANGUAGES."""
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    _language.set(code)


def language() -> str:
    return _language.get() or _server_language


def set_country(code: str | None) -> None:
    """Write dates, times and money of this task as people in this country do (ISO 3166-1 alpha-2); None: unknown."""
    _country.set(code)


def content_folder(of_language: str) -> Path:
    """Where the content of a language stands."""
    return _CONTENT.get(of_language, CONTENT) / of_language


def set_zone(zone: str) -> None:
    """Tell the days and times of this task as the clocks of this IANA zone do, whatever clock a moment carries."""
    _zone.set(zone)


def local_day(moment: datetime) -> date:
    """Its day in the zone of this task; where none is set, on the clocks that it carries."""
    return _told(moment).date()


@cache
def cldr_locale(of_language: str) -> Locale:
    """What CLDR knows of a language of ours: names of countries, days and currencies."""
    return Locale.parse(_HOME.get(of_language, of_language), sep="_")


@cache
def _translations(of_language: str) -> NullTranslations:
    folder = _CATALOGUES.get(of_language, LOCALES)
    return translation("acupwa", folder, languages=[of_language], fallback=True)


def gettext(message: str) -> str:
    return _translations(language()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    return _translations(language()).ngettext(one, many, number)


def isolated(words: str) -> str:
    """`words` so that they turn nothing round in a sentence of ours: set apart where they run against the page."""
    if not _AGAINST[LANGUAGES[language()]].search(words):
        return words
    return f"{_FIRST_STRONG_ISOLATE}{words}{_POP_ISOLATE}"


def filled(sentence: Words, **values: object) -> Words:
    """The sentence with its `{name}`s filled in, each `isolated`. Markup stays markup, and escapes what it takes in."""
    apart = {name: isolated(one) if type(one) is str else one for name, one in values.items()}
    return cast(Words, sentence.format(**apart))


def date_words(day: date | datetime, zone: str | None = None) -> str:
    """`23 November 2026`, `November 23, 2026` in the US. Of a moment it is the day in `zone`, else as `local_day`."""
    if isinstance(day, datetime):
        day = _told(day, zone).date()
    return _date(day, "long", language(), _country.get())


def weekday_date_words(day: date) -> str:
    """`Monday 4 January 2027`."""
    return _date(day, "weekday", language(), _country.get())


def short_weekday_date_words(day: date) -> str:
    """`Mon 4 Jan 2027`, for a table."""
    return _date(day, "short-weekday", language(), _country.get())


def short_date_words(day: date, *, year: bool = False) -> str:
    """`4 Jan` or `4 Jan 2027`, for a picture."""
    words = _date(day, "short", language(), _country.get())
    if year:
        return words
    return words.replace(str(day.year), "").strip(" ,")


def time_words(moment: datetime) -> str:
    """`09:00`, or `9:00 AM` where that clock is used, in the time zone that the datetime carries."""
    locale = _babel_locale(language(), _country.get())
    return format_time(moment, "short", tzinfo=moment.tzinfo, locale=locale)


def moment_words(moment: datetime) -> str:
    """The time in the zone of this task, `09:00`; where that is not known, `09:00 UTC`."""
    told = _told(moment)
    return f"{time_words(told)} UTC" if str(told.tzinfo) == "UTC" else time_words(told)


def span_words(days: int) -> str:
    """How long something is kept, in people's words: `30 days`, `2 years` where whole years fit."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("{n} year", "{n} years", years).format(n=years)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def number_words(number: float) -> str:
    """`20,827`, `0.5`: no more than two decimals."""
    return _decimal(round(number, 2), language())


def money_words(amount: float, currency: str) -> str:
    """`£450` or `£37.50`; `currency` is an ISO 4217 code. A whole amount has no decimals."""
    locale = _babel_locale(language(), _country.get())
    if amount != int(amount):
        return format_currency(amount, currency, locale=locale)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, format=pattern, currency_digits=False, locale=locale)


def list_words(parts: Sequence[str]) -> str:
    """`one, two and three`."""
    return str(format_list(list(parts), locale=_babel_locale(language(), None)))


def _told(moment: datetime, zone: str | None = None) -> datetime:
    of_task = zone or _zone.get()
    return moment.astimezone(ZoneInfo(of_task)) if of_task else moment


# A page over time says the same days and numbers hundreds of times, and each takes Babel 0.1 ms.
@lru_cache(maxsize=2048)
def _date(day: date, form: str, of_language: str, country: str | None) -> str:
    locale = _babel_locale(of_language, country)
    if locale.language != "en":
        return format_date(day, _CLDR_DATES[form], locale=locale)
    first = "month" if locale.date_formats["long"].pattern.startswith("M") else "day"
    return format_date(day, _ENGLISH_DATES[first][form], locale=locale)


@lru_cache(maxsize=2048)
def _decimal(number: float, of_language: str) -> str:
    return format_decimal(number, locale=_babel_locale(of_language, None))


@cache
def _babel_locale(of_language: str, country: str | None) -> Locale:
    home = cldr_locale(of_language)
    if country is None:
        return home
    try:
        return Locale.parse(f"{home.language}_{country}")
    except UnknownLocaleError:
        return home
