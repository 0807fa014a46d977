"""Which tab of the bar a page belongs to. Pure."""

from __future__ import annotations

_UNDER = {
    "today": ("/", "/today", "/emergency"),
    "check-in": ("/check-in", "/quiz", "/results", "/progress"),
    "plan": ("/plan",),
    "read": (
        "/read", "/list", "/claims", "/evidence", "/studies", "/glossary", "/search", "/about/grades", "/offline",
    ),
    "you": ("/me", "/l", "/resume", "/privacy", "/about", "/credits", "/offline/unsent", "/offline/backup"),
}  # fmt: skip
_TAB_OF = {path: tab for tab, paths in _UNDER.items() for path in paths}


def tab_of(path: str) -> str:
    """The id of the tab that is lit at `path` and under it, the nearest address above it deciding.

    Empty for the pages of practitioners, whose bar is another one, for a page of a doctor, who has none, and for an address
    that there is not.
    """
    while path not in _TAB_OF:
        path = path.rpartition("/")[0]
        if not path:
            return ""
    return _TAB_OF[path]
