"""`python -m tools.calendars`: 200 random plans as calendar files, compared session by session by four libraries.

icalendar and vobject are here; ical.js and node-ical come by npm into a folder that is thrown away. What each reads is
held against what was planned: UID, moment, minutes, sequence, cancelled, title and alarms.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from tests.planner.test_feed import as_due, by_vobject, choices, zones
from tests.support.calendars import Shown, read_calendar
from tests.support.plan_lives import lives

from acupwa.planner.ics import Part, calendar_file
from acupwa.planner.plan import entries_of

FILES = 200
# What each npm library makes of a file, as JSON: {uid: [sequence, start, minutes, title, cancelled, [alarms]]}.
SCRIPT = r"""
import { readFileSync, readdirSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
const folder = process.argv[2];
const minutes = (a, b) => Math.round((b - a) / 60000);
function byIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  // A zone of the same name may differ from one file to the next: here only what this file says of it holds.
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  return calendar.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    const alarms = one.getAllSubcomponents("valarm").map((a) => -a.getFirstPropertyValue("trigger").toSeconds() / 60);
    return [event.uid, [event.sequence, event.startDate.toJSDate().toISOString(), event.duration.toSeconds() / 60,
      event.summary, one.getFirstPropertyValue("status") === "CANCELLED", alarms]];
  });
}
function byNodeIcal(text) {
  return Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one.type === "VEVENT").map((one) => [one.uid,
    [Number(one.sequence), one.start.toISOString(), minutes(one.start, one.end), one.summary,
      one.status === "CANCELLED", (one.alarms || []).map((a) => seconds(a.trigger) / 60)]]);
}
function seconds(trigger) {
  const text = typeof trigger === "string" ? trigger : trigger.val ?? String(trigger);
  const [, days, hours] = text.match(/^-P(?:(\d+)D)?(?:T(\d+)H)?/);
  return Number(days || 0) * 86400 + Number(hours || 0) * 3600;
}
const found = {};
for (const name of readdirSync(folder).filter((one) => one.endsWith(".ics")).sort()) {
  const text = readFileSync(`${folder}/${name}`, "utf8");
  found[name] = {};
  for (const [library, read] of [["ical.js", byIcalJs], ["node-ical", byNodeIcal]]) {
    try { found[name][library] = Object.fromEntries(read(text)); } catch (fault) { found[name][library] = String(fault); }
  }
}
console.log(JSON.stringify(found));
"""


class Made(msgspec.Struct, frozen=True):
    text: str
    due: Mapping[str, Shown]
    events: int


def make_files(count: int) -> list[Made]:
    """Each other one in its own zone, the others in any zone of the world."""
    made: list[Made] = []

    @given(life=lives(), chosen=choices, zone=zones)
    @settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck), deadline=None)
    def add(life: Any, chosen: Any, zone: str) -> None:
        plan = life[0]
        own = plan.request.time_zone
        part = Part(entries=entries_of(plan), key=plan.id, time_zone=zone if len(made) % 2 else own, at=plan.updated_at)
        made.append(Made(calendar_file((part,), chosen, subscribed=True), as_due(part, chosen), len(part.entries)))

    add()
    return made[:count]


def by_npm(made: list[Made]) -> dict[str, dict[str, Any]]:
    """Raises CalledProcessError where npm gives no libraries."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        npm = shutil.which("npm") or "npm"
        subprocess.run([npm, "install", "--silent", "ical.js@2.2.1", "node-ical@0.26.1"], cwd=folder, check=True)
        (folder / "read.js").write_text(SCRIPT)
        for number, one in enumerate(made):
            (folder / f"{number:04}.ics").write_bytes(one.text.encode())
        run = [shutil.which("node") or "node", "read.js", str(folder)]
        answer = subprocess.run(run, cwd=folder, check=True, capture_output=True, text=True)
        found: dict[str, dict[str, Any]] = json.loads(answer.stdout)
        return found


def as_row(one: Shown) -> list[Any]:
    start = one.start.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return [one.sequence, start, one.minutes, one.title, one.cancelled, list(one.alarms)]


def main() -> int:
    made = make_files(FILES)
    due = [{uid: as_row(one) for uid, one in file.due.items()} for file in made]
    readers: dict[str, Callable[[str], dict[str, Shown]]] = {"icalendar": read_calendar, "vobject": by_vobject}
    read: dict[str, list[Any]] = {
        name: [{uid: as_row(one) for uid, one in reader(file.text).items()} for file in made]
        for name, reader in readers.items()
    }
    elsewhere = by_npm(made)
    for name in ("ical.js", "node-ical"):
        read[name] = [elsewhere[file][name] for file in sorted(elsewhere)]
    sessions = sum(map(len, due))
    print(f"{len(made)} files, {sum(one.events for one in made)} sessions, {sessions} at a time that exists once")
    faults = 0
    for name, files in read.items():
        wrong = [
            (number, uid, file.get(uid) if isinstance(file, dict) else file, row)
            for number, (file, rows) in enumerate(zip(files, due, strict=True))
            for uid, row in rows.items()
            if not isinstance(file, dict) or file.get(uid) != row
        ]
        missing = sum(len(file) != one.events for file, one in zip(files, made, strict=True) if isinstance(file, dict))
        print(f"{name:10} {sessions - len(wrong)} of {sessions} alike, {missing} files with another number of sessions")
        for number, uid, got, row in wrong[:3]:
            print(f"  file {number} {uid}: {got} is not {row}")
        faults += len(wrong) + missing
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
