"""The figures as a table, one person after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tools.effort.model import Effort, Line

HEAD = f"{'':36}{'words':>7}{'lists':>7}{'review':>8}{'others':>8}{'taps':>6}{'letters':>9}{'screens':>9}{'seconds':>9}"


def table(name: str, lines: Iterable[Line]) -> Iterator[str]:
    yield f"\n{name}\n{HEAD}"
    for line in lines:
        if not line.visits:
            yield f"  {line.way:34}  {', '.join(line.over) or 'not for this person'}"
            continue
        yield f"  {line.way:34}{_figures(line.effort)}  {_mark(line)}"


def _mark(line: Line) -> str:
    if line.over:
        return f"over: {', '.join(line.over)}"
    return "ok" if line.limits else "no limit"


def by_page(line: Line, dearest: int = 6) -> Iterator[str]:
    """Each page of a way, and the parts of it that have most words."""
    for visit in line.visits:
        yield f"    {visit.at:32}{_figures(visit.effort)}"
        parts = sorted(visit.parts.items(), key=lambda part: -part[1])
        for part, words in parts[:dearest]:
            yield f"      {words:5}  {part}"


def _figures(one: Effort) -> str:
    return (
        f"{one.words:7}{one.listed:7}{one.review:8}{one.other_words:8}{one.taps:6}{one.letters:9}"
        f"{one.screens:9.1f}{one.seconds:9.0f}"
    )
