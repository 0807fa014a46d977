"""What the templates of the offline pages get. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from acupwa.wording import gettext as _

# Pages listed together, by the beginning of their addresses.
_GROUPS = ("/read/", "/claims/", "/studies/")


class SavedPage(msgspec.Struct, frozen=True):
    path: str
    title: str


class OfflinePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "offline/offline.html"
    title: str
    first: tuple[SavedPage, ...]
    library: tuple[SavedPage, ...]


class SavedGroup(msgspec.Struct, frozen=True):
    """Pages that are listed together. `folded`: too many to show at once."""

    name: str
    pages: tuple[SavedPage, ...]
    folded: bool = False


class SavePage(msgspec.Struct, frozen=True):
    """Where a person saves the library: every page that can be saved, in groups."""

    template: ClassVar[str] = "offline/library.html"
    title: str
    groups: tuple[SavedGroup, ...]


class UnsentPage(msgspec.Struct, frozen=True):
    """What waits on this phone to be sent. The same for everyone: a script fills it in."""

    template: ClassVar[str] = "offline/unsent.html"
    title: str


class BackupPage(msgspec.Struct, frozen=True):
    """A file of what waits on this phone, made and opened there. The same for everyone: a script does it."""

    template: ClassVar[str] = "offline/backup.html"
    title: str


def backup_page() -> BackupPage:
    return BackupPage(title=_("Backup file"))


def unsent_page() -> UnsentPage:
    return UnsentPage(title=_("Waiting to be sent"))


def offline_page(library: Sequence[SavedPage]) -> OfflinePage:
    first = (
        SavedPage("/emergency", _("Is it urgent? What to do now")),
        SavedPage("/", _("Home")),
        SavedPage("/read", _("All pages")),
        SavedPage("/claims", _("Claims check")),
        SavedPage("/glossary", _("Hard words")),
        SavedPage("/search", _("Search")),
    )
    named = {saved.path for saved in first}
    return OfflinePage(
        title=_("You are offline"),
        first=first,
        # Pages about the app come after what there is to read.
        library=tuple(
            sorted(
                (saved for saved in library if saved.path not in named),
                key=lambda one: not one.path.startswith("/read/"),
            )
        ),
    )


def save_page(library: Sequence[SavedPage]) -> SavePage:
    def begins(*starts: str) -> tuple[SavedPage, ...]:
        return tuple(saved for saved in library if saved.path.startswith(starts))

    grouped = begins(*_GROUPS)
    reading, claims, studies = (begins(start) for start in _GROUPS)
    return SavePage(
        title=_("Save the library on this phone"),
        groups=(
            SavedGroup(_("Library pages"), reading),
            SavedGroup(_("Claims check"), claims),
            SavedGroup(_("Lists and more"), tuple(saved for saved in library if saved not in grouped)),
            SavedGroup(_("Studies"), studies, folded=True),
        ),
    )
