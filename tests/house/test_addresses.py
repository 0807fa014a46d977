"""No address comes or goes by accident."""

from __future__ import annotations

from tests.house.addresses import FILE, addresses_of


def test_the_addresses_are_those_of_the_list(app):
    """A new or a lost one: `python -m tests.house.addresses`, on purpose."""
    listed, there = set(FILE.read_text().splitlines()), set(addresses_of(app))

    assert sorted(listed - there) == [], "gone"
    assert sorted(there - listed) == [], "new"
