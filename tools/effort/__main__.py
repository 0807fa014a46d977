"""`make effort`: what the app asks of five people, way by way, beside what it may ask; non-zero when a line is over.

The model: words in `main` that are seen, 200 a minute; a second a tap; 0.3 s a typed letter; a phone of 390 × 844.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.support.browser import launched_browser, phone_page
from tests.support.clock import Clock

from tools.effort.app import running
from tools.effort.driver import Driver
from tools.effort.model import Line, Visit
from tools.effort.people import EVERYONE, Person
from tools.effort.report import by_page, table
from tools.effort.stated import write
from tools.effort.ways import check_in as full
from tools.effort.ways import follow_up
from tools.effort.ways.plan import plan, save_plan
from tools.effort.ways.result import result
from tools.effort.ways.today import log_session, today

FIRST_SESSION_OVER = timedelta(days=9)
# Between two times that the mood is asked.
THREE_WEEKS = timedelta(days=21)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make effort", description=__doc__)
    parser.add_argument("--only", default="", help="people whose name has these letters")
    parser.add_argument("--pages", action="store_true", help="page by page, with what has most words")
    parser.add_argument("--write", action="store_true", help="write the times that the app states (all five people)")
    options = parser.parse_args(arguments)
    people = [person for person in EVERYONE if options.only in person.name or options.write]
    lines: list[Line] = []
    with launched_browser() as browser:
        for person in people:
            lines += told(browser, person, pages=options.pages)
    if options.write:
        write(*(visits_of(lines, *ways) for ways in ((full.WAY, full.AGAIN_WAY), (follow_up.WAY,))))
    return 1 if any(line.over for line in lines) else 0


def told(browser: Any, person: Person, *, pages: bool) -> list[Line]:
    """Goes every way as one person, and prints the figures."""
    with running() as (address, clock), phone_page(browser, address, zone=person.zone) as page:
        lines = gone(Driver(page), person, clock)
    for row in table(person.name, lines):
        print(row)
    for line in lines if pages else ():
        print(f"\n  {line.way}", *by_page(line), sep="\n")
    sys.stdout.flush()
    return lines


def gone(hand: Driver, person: Person, clock: Clock) -> list[Line]:
    """Every way, in the order of a person's weeks."""
    lines = [full.full_check_in(hand, person), result(hand), save_plan(hand, person), plan(hand, person), today(hand)]
    clock.now += FIRST_SESSION_OVER
    lines.append(log_session(hand, person))
    clock.now += THREE_WEEKS - FIRST_SESSION_OVER
    while log_session(hand, person).visits:
        pass
    lines.append(follow_up.follow_up(hand, person))
    clock.now += THREE_WEEKS
    lines.append(full.full_again(hand, person))
    return lines


def visits_of(lines: Sequence[Line], *ways: str) -> list[Visit]:
    return [visit for line in lines if line.way in ways for visit in line.visits]


if __name__ == "__main__":
    sys.exit(main())
