"""Each is sent once, by two servers on one database, when one is killed; at most the one that it had in hand twice."""

from __future__ import annotations

import pytest

from tests.reminders.two_servers import SLOW, send_to_many
from tests.support.push_service import running_push_service

PEOPLE = 80


@pytest.mark.postgres
@pytest.mark.slow
def test_many_at_once_by_two_servers_of_which_one_is_killed(postgres_url, tmp_path):
    with running_push_service() as service:
        service.answers = dict.fromkeys((f"phone{number}" for number in range(PEOPLE)), SLOW)

        found = send_to_many(postgres_url, tmp_path, service, PEOPLE, short=True)

        assert service.faults == []
        assert {one.said["kind"] for one in service.arrived} == {"hour-before"}
    assert all(found.before_the_kill)
    assert sum(found.before_the_kill) < PEOPLE
    assert sum(found.times.values()) == PEOPLE
    assert set(found.times) <= {1, 2}
    assert found.times.get(2, 0) <= 1
