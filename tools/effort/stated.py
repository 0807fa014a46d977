"""The times that the app states, from what was measured: `python -m tools.effort --write`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from acupwa.quiz.model import ALL_SCREENS, FOLLOW_UP_SCREENS
from acupwa.wording import CONTENT
from tools.effort.model import Visit

FILE = CONTENT / "en" / "quiz" / "effort.yaml"
HEAD = """\
# Seconds that a screen takes: of the five people of `make effort` the one in the middle. Never by hand: after a screen,
# its words or its order have changed, `python -m tools.effort --write` writes this file anew.
"""


def seconds_by_screen(visits: Iterable[Visit], screens: Iterable[str]) -> dict[str, int]:
    """The median of all visits to each screen that somebody came to, in whole seconds, in the order of `screens`."""
    found = defaultdict(list)
    for visit in visits:
        found[visit.at.rpartition("/")[2]].append(visit.effort.seconds)
    return {screen: round(median(found[screen])) for screen in screens if screen in found}


def write(full: Iterable[Visit], follow_up: Iterable[Visit], file: Path = FILE) -> None:
    measured: Mapping[str, Mapping[str, int]] = {
        "full": seconds_by_screen(full, ALL_SCREENS),
        "follow_up": seconds_by_screen(follow_up, FOLLOW_UP_SCREENS),
    }
    lines = [
        line
        for variant, screens in measured.items()
        for line in (f"{variant}:", *(f"  {screen}: {seconds}" for screen, seconds in screens.items()))
    ]
    file.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
