"""The planner's content: every number and sentence has a ground, and the limits are the settled ones."""

from __future__ import annotations

from acupwa.library.model import Library
from tests.support.plan_requests import planned


def test_every_number_has_trials_or_says_that_it_is_our_choice(library: Library):
    for name, number in library.guidance.numbers.items():
        assert number.why.strip()
        assert number.studies or number.facts or number.ours, name


def test_the_limits_are_those_of_the_interfaces(library: Library):
    values = {name: number.value for name, number in library.guidance.numbers.items()}
    assert values == {
        "per_week_default": 1,
        "per_week_max": 2,
        "days_apart": 2,
        "sessions_default": 10,
        "sessions_low": 6,
        "sessions_ceiling": 15,
        "minutes_default": 30,
        "window_weeks": 26,
        "fortnight_sessions": 10,
        "fortnight_window_weeks": 52,
        "safety_after": 1,
        "light_after": 4,
        "light_when_more_than": 5,
        "decide_after": 8,
        "decide_latest": 10,
        "extend_sessions": 5,
        "taper_sessions": 6,
        "taper_weeks": 12,
        "short_least": 4,
        "short_most": 6,
    }


def test_every_condition_with_a_plan_is_spoken_of(library: Library):
    told = {plan.condition for plan in library.guidance.by_condition}
    assert told == set(library.conditions) - {"none-yet"}


def test_hashimotos_is_called_an_experiment(library: Library):
    [plan] = [plan for plan in library.guidance.by_condition if plan.condition == "hashimoto"]
    assert plan.experimental
    assert "experiment" in plan.says


def test_every_way_of_closing_has_its_advice(library: Library):
    closed = library.guidance.closed
    assert {f"red_flags:{flag.urgency}" for flag in library.red_flags.values()} <= set(closed)
    for one in ("age_band:under-16", "conditions:none-yet", "main_symptom:itch", "days_off:none-left"):
        assert closed[one].strip()


def test_grounds_are_ids_of_protocols_studies_or_facts(library: Library):
    aliases = {alias for study in library.studies.values() for alias in study.aliases}
    protocols = {protocol.id for protocol in library.guidance.protocols}
    for condition in library.conditions:
        plan = planned(library, conditions=[condition])
        if plan["made"]:
            known = {*library.studies, *library.facts, *protocols, *aliases}
            assert plan["grounds"]
            assert set(plan["grounds"]) <= known


def test_the_request_keeps_the_derived_precaution_of_16_and_17(library: Library):
    plan = planned(library, age_band="16-17")
    assert {"id": "children", "because": ["precautions:children"]} in plan["cautions"]
