"""`python -m tools.two_servers [people]`: due reminders of 2,000 people, two servers on one PostgreSQL, one killed in the
middle, and the two minutes of its lease waited for. Prints how often each was sent theirs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reminders.two_servers import send_to_many
from tests.support.database import database_of
from tests.support.postgres import running_postgres
from tests.support.push_service import running_push_service


def main(people: int) -> None:
    with (
        running_postgres() as server,
        database_of(server) as url,
        running_push_service() as service,
        TemporaryDirectory() as folder,
    ):
        found = send_to_many(url, Path(folder), service, people, short=False)
        print(f"people: {people}; faults: {len(service.faults)}")
    never = people - sum(found.times.values())
    print(
        f"sent so often → to so many: {found.times}; never: {never}; by each before the kill: {found.before_the_kill}"
    )
    print(f"first to last: {found.seconds:.1f} s; the last one was {found.most_late:.1f} s after its look was due")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
