"""docs/rules.md says the numbers that the planner has."""

from __future__ import annotations

import re
from pathlib import Path

from acupwa.library.model import Library, PlannerNumber

RULES = (Path(__file__).parents[2] / "docs" / "rules.md").read_text()


def rests_on(number: PlannerNumber) -> str:
    return ", ".join((*number.studies, *number.facts, *(["our choice"] if number.ours else [])))


def test_the_table_of_numbers_is_that_of_the_guidance(library: Library):
    written = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", RULES, re.MULTILINE)
    assert written == [(name, str(one.value), rests_on(one)) for name, one in library.guidance.numbers.items()]


def test_the_precautions_that_close_the_gate_are_named(library: Library):
    section = RULES.partition("## Gate")[2].partition("\n## ")[0]
    for one in library.precautions.values():
        if one.advice == "avoid" and one.scope == "whole":
            assert f"`{one.id}`" in section


def test_the_cautions_of_conditions_are_named(library: Library):
    for plan in library.guidance.by_condition:
        assert plan.caution is None or f"`{plan.caution}`" in RULES
