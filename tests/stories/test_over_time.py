"""One person over seven weeks: a full check-in, two follow-ups, what changed, a summary to take along, and the end."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.stories.test_nothing_left import (
    as_stored,
    delete_everything_and_clear_the_phone,
    export_of,
    nothing_is_left,
    on_disk,
    visitor,
)
from tests.support.people import RA
from tests.support.walk import finish, go_on, to_review

__all__ = ["visitor"]
pytestmark = pytest.mark.browser
WORDS, NOTES = "aching zebra thumb", ("the violet umbrella day", "seventeen copper kettles")


def days_pass(server: Any, days: int, only: str = "") -> None:
    """Every check-in, or that with this key, becomes so many days older, in the database of the server."""
    with sqlite3.connect(Path(server.folder) / "var" / "acupwa.sqlite3") as database:
        for column in ("created_at", "updated_at", "finished_at"):
            rows = database.execute(f"select id, {column} from check_in where {column} is not null").fetchall()
            for id, moment in rows:
                if only and only.replace("-", "") != str(id).replace("-", ""):
                    continue
                earlier = datetime.fromisoformat(moment) - timedelta(days=days)
                shown = earlier.isoformat(sep=moment[10], timespec="microseconds")
                database.execute(f"update check_in set {column} = ? where id = ?", (shown, id))
    database.close()


def follow_up(page: Any, problem: int, others: int, note: str) -> None:
    """From the button below one's progress to the next result, tap by tap."""
    page.goto("/progress")
    with page.expect_event("load"):
        page.get_by_role("button", name="Follow-up", exact=True).click()
    page.get_by_label("None of these").check()
    page.locator('label:has([name="sessions_since"][value="4"])').click()
    page.locator('[name="none_side_effects"][value="1"]').check()
    page.locator('[name="none_changed"][value="0"]').check()
    page.get_by_label("A flare or relapse").check()
    # A flare opens what to know before needles, to be gone through.
    page.locator('[name="still_true"][value="yes"]').check()
    page.get_by_text("Answer more").click()
    for rating in page.locator("fieldset.rating:visible").all():
        rating.locator(".rating-row label").nth(others).click()
    page.locator(f'label:has([name="ratings.problem"][value="{problem}"])').click()
    page.get_by_label("Minimally improved").check()
    page.get_by_label("Is there anything you want to remember?").fill(note)
    go_on(page)
    assert "/results/" in page.url, page.locator("main").inner_text()[:600]


def pdf_of(page: Any, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Take to my doctor (PDF)").click()
    file = folder / "summary.pdf"
    download.value.save_as(file)
    return file


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def drawn(file: Path, folder: Path) -> list[Path]:
    """Each page as a picture of grey values, 60 dots an inch."""
    said("pdftoppm", "-r", "60", "-gray", str(file), str(folder / "sheet"))
    return sorted(folder.glob("sheet*.pgm"))


def ink(picture: Path) -> float:
    """How much of the sheet is not white, 0 to 1."""
    head, width, height, most, dots = re.match(
        rb"(P5)\s+(\d+)\s+(\d+)\s+(\d+)\s(.*)", picture.read_bytes(), re.DOTALL
    ).groups()  # type: ignore[union-attr]
    assert (head, int(most), len(dots)) == (b"P5", 255, int(width) * int(height))
    return sum(dot < 200 for dot in dots) / len(dots)


def test_seven_weeks_from_the_first_check_in_to_nothing_left(visitor, server, tmp_path):
    to_review(visitor, RA | {"problem_words": WORDS})
    finish(visitor)
    days_pass(server, 28)
    follow_up(visitor, problem=5, others=4, note=NOTES[0])
    days_pass(server, 21)
    follow_up(visitor, problem=3, others=2, note=NOTES[1])
    visitor.get_by_role("heading", name="Your numbers").click()
    told = visitor.locator("main").inner_text()
    assert "5 last time, 3 now" in told
    assert NOTES[1] in told
    assert "A flare or relapse".lower() in told.lower()

    newest = visitor.url.rpartition("/")[2]
    file = pdf_of(visitor, tmp_path)
    assert len(said("pdftotext", "-layout", str(file), "-").strip("\f").split("\f")) <= 2
    text = " ".join(said("pdftotext", str(file), "-").split())
    for words in ("Your summary", WORDS, "5 last time, 3 now", NOTES[1], "It is not a diagnosis"):
        assert words in text
    sheets = drawn(file, tmp_path)
    assert 1 <= len(sheets) <= 2
    assert all(0.01 < ink(sheet) < 0.4 for sheet in sheets), "written on, and not black"

    with visitor.expect_event("load"):
        visitor.get_by_role("link", name="See it over time").first.click()
    assert visitor.url.endswith("/progress")
    over_time = visitor.locator("main").inner_text()
    assert "3 check-ins so far." in over_time
    assert WORDS in over_time
    main = visitor.locator(".trend-main")
    main.get_by_text("Show as a table").click()
    rows = [" ".join(row.split()) for row in main.locator("tbody tr").all_inner_texts()]
    assert [re.search(r"20\d\d (\d+)", row)[1] for row in rows] == ["3", "5", "7"]  # type: ignore[index]
    between = visitor.get_by_role("region", name="Your check-ins as a table").locator("tbody tr")
    assert between.count() == 3
    assert "flare" in between.first.inner_text().lower()
    assert main.get_by_role("img").count() == 1

    export = export_of(visitor)
    assert all(words in export for words in (WORDS, *NOTES))
    kept = json.loads(export)
    ids = [kept["person"]["id"], *(one["id"] for one in kept["check_ins"])]
    assert newest in ids
    assert len(ids) == 4
    assert all(id in on_disk(server) for id in as_stored(ids)), "the search finds what is there"

    delete_everything_and_clear_the_phone(visitor)

    nothing_is_left(visitor, server, [WORDS, *NOTES], ids)
    assert visitor.goto(f"/results/{newest}").status == 404
    visitor.goto("/progress")
    visitor.get_by_text("Nothing to show yet").wait_for()
