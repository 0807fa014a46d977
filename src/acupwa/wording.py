"""Words for people: translation, dates, numbers and money in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

LANGUAGES = {"en": "ltr"}
_LOCALES = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default="en")


def set_language(language: str) -> None:
    """Choose the language of this task; `language` is a key of LANGUAGES."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _language.set(language)


def language() -> str:
    return _language.get()


@cache
def _translations(of_language: str) -> NullTranslations:
    return translation("acupwa", _LOCALES, languages=[of_language], fallback=True)


def gettext(message: str) -> str:
    return _translations(_language.get()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    return _translations(_language.get()).ngettext(one, many, number)


def date_words(day: date | datetime, zone: str = "UTC") -> str:
    """`23 November 2026`. A datetime is turned into the local day of `zone` first."""
    if isinstance(day, datetime):
        day = day.astimezone(ZoneInfo(zone)).date()
    return format_date(day, "d MMMM y", locale=_babel_locale(_language.get()))


def weekday_date_words(day: date) -> str:
    """`Monday 4 January 2027`."""
    return format_date(day, "EEEE d MMMM y", locale=_babel_locale(_language.get()))


def short_weekday_date_words(day: date) -> str:
    """`Mon 4 Jan 2027`, for a table."""
    return format_date(day, "EEE d MMM y", locale=_babel_locale(_language.get()))


def short_date_words(day: date, *, year: bool = False) -> str:
    """`4 Jan` or `4 Jan 2027`, for a picture."""
    return _date(day, "d MMM y" if year else "d MMM", _language.get())


def time_words(moment: datetime) -> str:
    """`09:00`, in the time zone that the datetime carries."""
    return format_time(moment, "HH:mm", tzinfo=moment.tzinfo, locale=_babel_locale(_language.get()))


def span_words(days: int) -> str:
    """How long something is kept, in people's words: `30 days`, `2 years` where whole years fit."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("{n} year", "{n} years", years).format(n=years)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def number_words(number: float) -> str:
    """`20,827`, `0.5`: no more than two decimals."""
    return _decimal(round(number, 2), _language.get())


def money_words(amount: float, currency: str) -> str:
    """`£450` or `£37.50`; `currency` is an ISO 4217 code."""
    words = format_currency(amount, currency, locale=_babel_locale(_language.get()))
    return words.removesuffix(".00")


def list_words(parts: Sequence[str]) -> str:
    """`one, two and three`."""
    return str(format_list(list(parts), locale=_babel_locale(language())))


# A page over time says the same days and numbers hundreds of times, and each takes Babel 0.1 ms.
@lru_cache(maxsize=2048)
def _date(day: date, form: str, of_language: str) -> str:
    return format_date(day, form, locale=_babel_locale(of_language))


@lru_cache(maxsize=2048)
def _decimal(number: float, of_language: str) -> str:
    return format_decimal(number, locale=_babel_locale(of_language))


@cache
def _babel_locale(of_language: str) -> Locale:
    return Locale.parse({"en": "en_GB"}.get(of_language, of_language))
