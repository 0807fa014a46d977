"""`make audit`: Lighthouse, axe and the Nu HTML validator over the app as it is served; non-zero on a miss.

Needs Chromium, Node and Java (Debian: apt-get install chromium nodejs npm default-jre-headless). Lighthouse and the
validator come from the npm registry, locked with hashes in package-lock.json.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
from benchmarks.__main__ import ROOT, ours
from playwright.sync_api import Browser, Page, sync_playwright
from tests.support.axe import findings
from tests.support.browser import PHONE
from tests.support.people import RA
from tests.support.walk import answer_screen, finish, go_on, screen_of

HERE = ROOT / "tools"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Simulated slow 4G on a phone, as Lighthouse has it: seconds, milliseconds, and layout shift.
MOST_LCP, MOST_TBT, MOST_SHIFT = 1000, 50, 0.0
MEASURED = ("/", "/read", "/read/ra-overview", "/quiz")
# Pages of someone with a check-in and a plan, each for Lighthouse as well.
PERSONAL = ("/today", "/check-in", "/plan", "/progress", "/list", "/me")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="Lighthouse runs a page; their median counts")
    parser.add_argument("--only", choices=("lighthouse", "axe", "html"))
    options = parser.parse_args(arguments)
    missing = [name for name in ("node", "npm", "java") if not shutil.which(name)]
    if missing:
        print(f"make audit needs {', '.join(missing)}", file=sys.stderr)
        return 1
    installed = HERE / "node_modules" / ".package-lock.json"  # npm writes it last
    if not installed.exists() or installed.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
    missed = False
    with tempfile.TemporaryDirectory() as name, ours(Path(name), pin=False) as address:
        public = public_paths(address)
        with browsing() as browser:
            person = Person(browser, address)
            pages = {**fetched(address, public), **person.pages}
            if options.only in (None, "axe"):
                found = axe(browser, address, public) + person.findings
                missed |= report("axe, light and dark", found, len(public) + len(person.pages))
        if options.only in (None, "html"):
            missed |= report("HTML validator", validate(pages, Path(name)), len(pages))
        if options.only in (None, "lighthouse"):
            own = [{"path": path, "cookie": person.cookie} for path in (person.screen, person.summary, *PERSONAL)]
            missed |= lighthouse(address, [*({"path": path} for path in MEASURED), *own], options.runs, Path(name))
    return 1 if missed else 0


def public_paths(address: str) -> list[str]:
    tree = ElementTree.fromstring(httpx.get(f"{address}/sitemap.xml").content)
    found = [str(one.text) for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    return [one.removeprefix(address) or "/" for one in found]


def fetched(address: str, paths: Iterable[str]) -> dict[str, str]:
    with httpx.Client(base_url=address) as client:
        return {path: client.get(path).text for path in (*paths, "/search?q=tired", "/no-such-page")}


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS[1:])
        yield browser
        browser.close()


class Person:
    """Someone who answers the quiz and keeps a plan: the HTML of each page of theirs, what axe finds there, two of its
    addresses and the cookie.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.pages: dict[str, str] = {}
        self.findings: list[str] = []
        self._address = address
        context = browser.new_context(**PHONE, base_url=address)
        page = context.new_page()
        page.goto("/quiz")
        with page.expect_event("load"):
            page.locator("main form button").first.click()
        while screen_of(page) != "review":
            self._look(page)
            answer_screen(page, screen_of(page), RA)
            go_on(page)
        self._look(page)
        self.screen = page.url.removeprefix(address).replace("/review", "/ratings")
        finish(page)
        self.summary = page.url.removeprefix(address)
        self._look(page)
        self._keep_plan(page)
        for path in (*PERSONAL, "/plan/change", "/me/data", "/me/delete", "/resume"):
            page.goto(path)
            self._look(page)
        page.goto("/check-in")
        with page.expect_event("load"):
            page.get_by_role("button", name="Start the follow-up").click()
        self._look(page)
        self.cookie = "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
        context.close()

    def _keep_plan(self, page: Page) -> None:
        page.goto("/plan")
        self._look(page)
        page.locator("[name=weekdays]").first.check()
        page.locator("[name=time]").first.fill("09:00")
        for words in ("Show my sessions", "Save this plan"):
            with page.expect_event("load"):
                page.get_by_role("button", name=words).click()

    def _look(self, page: Page) -> None:
        page.wait_for_load_state("networkidle")
        answer = page.request.get(page.url)
        # The same address is another page before a plan is kept and after.
        path = page.url.removeprefix(self._address)
        self.pages[f"{path} ({len(self.pages)})"] = answer.text()
        self.findings += findings(page)


def axe(browser: Browser, address: str, paths: Iterable[str]) -> list[str]:
    context = browser.new_context(**PHONE, base_url=address, service_workers="block")
    page = context.new_page()
    found: list[str] = []
    for path in paths:
        page.goto(path)
        found += findings(page)
    context.close()
    return found


def validate(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Errors and warnings of the Nu validator, each with its page.

    It calls `role="list"` unnecessary; Safari does not, once the bullets of a list are taken away by CSS.
    """
    place = folder / "html"
    place.mkdir()
    names: dict[str, str] = {}
    for number, (path, html) in enumerate(pages.items()):
        file = place / f"{number}.html"
        file.write_text(html)
        names[file.name] = path
    jar = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", str(place)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{names[one['url'].rpartition('/')[2]]} line {one.get('lastLine')}: {one['message']} {one.get('extract', '')[:120]!r}"
        for one in json.loads(run.stdout)["messages"]
        if (one["type"] == "error" or one.get("subType") == "warning")
        and "“list” role is unnecessary" not in one["message"]
    ]


def lighthouse(address: str, places: Sequence[Mapping[str, str]], runs: int, folder: Path) -> bool:
    """Print a line a page, the median of its runs. Returns whether any missed.

    `machine` is Lighthouse's own measure of the processor during the runs, which its simulation multiplies: a busy
    machine makes every page slow. Compare times only between like numbers.
    """
    print(f"\n{'Lighthouse, median of ' + str(runs):42}" + "".join(f"{name[:13]:>15}" for name in CATEGORIES)
          + f"{'LCP ms':>9}{'TBT ms':>8}{'CLS':>7}{'machine':>9}")  # fmt: skip
    missed = False
    for place in places:
        results = [_once(address + place["path"], place.get("cookie"), folder) for _ in range(runs)]
        scores = {
            name: statistics.median(one["categories"][name]["score"] * 100 for one in results) for name in CATEGORIES
        }
        lcp, tbt, shift = (
            statistics.median(one["audits"][name]["numericValue"] for one in results)
            for name in ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
        )
        machine = statistics.median(one["environment"]["benchmarkIndex"] for one in results)
        failed = {
            id
            for one in results
            for name in CATEGORIES
            if scores[name] < 100
            for id in (ref["id"] for ref in one["categories"][name]["auditRefs"] if ref["weight"])
            if (one["audits"][id]["score"] or 0) < 0.9 and one["audits"][id]["scoreDisplayMode"] != "notApplicable"
        }
        # A personal page is closed to search engines on purpose, and loses its SEO points for just that.
        private = failed == {"is-crawlable"} and "cookie" in place
        good = lcp <= MOST_LCP and tbt <= MOST_TBT and round(shift, 3) <= MOST_SHIFT
        good = good and (private or all(score == 100 for score in scores.values()))
        missed |= not good
        shown = re.sub(r"[0-9a-f-]{36}", "…", place["path"])
        print(f"{shown:42}" + "".join(f"{score:15.0f}" for score in scores.values())
              + f"{lcp:9.0f}{tbt:8.0f}{shift:7.3f}{machine:9.0f}{'' if good else '  MISSED'}{'  ' + ', '.join(sorted(failed)) if failed else ''}")  # fmt: skip
    return missed


def _once(address: str, cookie: str | None, folder: Path) -> dict[str, Any]:
    file = folder / "lighthouse.json"
    command = ["node", str(HERE / "node_modules" / "lighthouse" / "cli" / "index.js"), address, "--quiet",
               "--output=json", f"--output-path={file}", f"--only-categories={','.join(CATEGORIES)}",
               f"--chrome-flags={' '.join(FLAGS)}"]  # fmt: skip
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    # Now and then it finds no beginning of the load in its trace, and asks itself to be run again.
    for last in (False, False, True):
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM}, check=last, capture_output=True)
        if done.returncode == 0:
            break
    result: dict[str, Any] = json.loads(file.read_text())
    return result


def report(name: str, faults: Sequence[str], looked_at: int) -> bool:
    print(f"{name}: {len(faults)} findings on {looked_at} pages")
    for fault in faults[:60]:
        print(f"  {fault}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
