"""How long a sign-in lasts, how many wrong tries there are, what an address and a link are read from. Pure."""

from __future__ import annotations

import re
from datetime import timedelta

from acupwa.practice.accounts.model import Colours, OneTimeKind
from acupwa.web.text import plain_letters

SIGN_IN_LASTS = timedelta(days=7)
REMEMBERED = timedelta(days=90)
SIGN_IN_IDLE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
CHALLENGE_FOR = timedelta(minutes=5)
# Before a way in changes, the sign-in has shown who it is within this time.
PROOF_LASTS = timedelta(minutes=5)
# A secret for an app, from the page that shows it until it is confirmed.
OFFER_LASTS = timedelta(minutes=15)
# From the password to the second factor.
HALF_IN_LASTS = timedelta(minutes=15)
LASTS: dict[OneTimeKind, timedelta] = {
    "invitation": timedelta(days=7),
    "reset": timedelta(days=1),
    "forgotten": timedelta(days=1),
    "code": timedelta(minutes=10),
}

# Wrong passwords within an hour for one name from one place, before the next one waits. A browser in which that name
# signed in before has its own number, so that others at the same place do not keep it out.
TRIES_WITHIN = timedelta(hours=1)
TRIES_OF_PAIR, TRIES_OF_DEVICE = 6, 10
# From one place, for one name from everywhere, and of all: strangers can fill these, so they slow down and keep nobody
# out.
TRIES_OF_PLACE, TRIES_OF_NAME, TRIES_OF_ALL = 20, 100, 2_000
# Wrong codes from an app, for one sign-in, or of one person from one place; and of one person from everywhere. Only who
# knows the password gets so far.
TRIES_OF_APP, TRIES_OF_APP_IN_ALL = 6, 30
# Wrong codes and passkeys from one place: whoever has a right one is never asked to wait.
TRIES_OF_CODES = 20
DEVICE_KNOWN = timedelta(days=400)

RESETS_BY_MAIL = 5  # an hour to one address, whoever asks
RESETS_FROM_PLACE = 6  # an hour from one place

EMAIL_LENGTH, NAME_LENGTH, CONTACT_LENGTH = 200, 80, 120

# Ground and ink of the printed card; each pair has a contrast of 7:1 or more.
CARD_COLOURS: dict[Colours, tuple[str, str]] = {
    "teal": ("#12433e", "#ffffff"),
    "blue": ("#143a66", "#ffffff"),
    "plum": ("#542046", "#ffffff"),
    "brown": ("#4e2d10", "#ffffff"),
    "ink": ("#ffffff", "#1c1a17"),
}

_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
# A program for letters puts these in place of a hyphen.
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_EMAIL = re.compile(r"[^@\s<>\"',;:\\]+@([^@\s<>\"',;:\\.]+\.)+[^@\s<>\"',;:\\.]+")


def read_email(typed: str) -> str | None:
    """The address in small letters, full-width ones as plain: one person, one address. None when it cannot be one."""
    email = plain_letters(typed).lower()
    return email if len(email) <= EMAIL_LENGTH and _EMAIL.fullmatch(email) else None


def read_token(typed: str) -> str:
    """The token of a one-time link, without what a chat or a sentence puts around an address."""
    found = _TOKEN.search(_DASHES.sub("-", plain_letters(typed)))
    return found[0] if found else ""


_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(user_agent: str) -> str:
    """`Firefox, Windows`: enough to tell one's own devices apart. Empty when nothing is known."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(one for one in (browser, system) if one)
