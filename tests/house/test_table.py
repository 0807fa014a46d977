"""The table itself holds together."""

from __future__ import annotations

from tests.house import table
from tests.house.tree import circles


def test_the_declared_floors_go_round_in_no_circle():
    assert circles({unit: set(below) for unit, below in table.EDGES.items()}) == []
    assert {below for stands_on in table.EDGES.values() for below in stands_on} <= set(table.EDGES)


def test_plumbing_knows_no_feature_and_the_person_none_above():
    for unit in ("acupwa", "settings", "wording", "logs", "db", "web", "library"):
        assert not set(table.EDGES[unit]) & set(table.FEATURES), unit
    assert not set(table.EDGES["person"]) & set(table.FEATURES)
    assert [unit for unit, below in table.EDGES.items() if "content_check" in below] == ["operate"]
