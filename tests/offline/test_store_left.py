"""A page that is left while it asks the phone's database, or that is held up there, holds nobody else up for ever."""

from __future__ import annotations

import pytest

from tests.offline.own_phone import phone_of
from tests.offline.three_engines import CONTROLLED
from tests.support.browser import PATIENCE
from tests.support.drive import ENGINES, driven

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STORE = "import('/static/js/phone-store.js')"
# WebKit kept such a page for Back with what it had begun: at the third time of leaving, at most, no other page got past it.
TIMES = 6
BUSY = {
    "reads": 'all("queue")',
    "puts": 'put("queue", { id: "b" })',
    "changes": 'change("queue", "a", { number: Math.random() })',
}
BEGIN = (
    "void %s.then(async ({ all, change, put }) => { for (;;) await Promise.all([all('queue'), %s]).catch(() => {}); })"
)
READ_AND_PUT = f"""{STORE}.then(async ({{ all, put }}) => {{
  await all("queue");
  await put("queue", {{ id: "c" }});
  return (await all("queue")).map(({{ id }}) => id).includes("c");
}})"""
HOLD = """new Promise((done) => {
  const opening = indexedDB.open("acupwa");
  opening.onsuccess = () => {
    const store = opening.result.transaction("queue", "readwrite").objectStore("queue");
    const on = () => (store.get("a").onsuccess = on);
    on();
    done();
  };
})"""


@pytest.mark.parametrize("busy", BUSY)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_is_left_lets_the_next_one_read_and_keep(engine, busy, browser, server, tmp_path):
    with driven(engine, server.url, tmp_path / "phone", browser.browser_type) as drive:
        drive.open("/")
        drive.until(CONTROLLED)
        drive.evaluate(f"{STORE}.then(({{ put }}) => put('queue', {{ id: 'a' }}))")
        for _ in range(TIMES):
            drive.open("/emergency")
            drive.begun()
            drive.evaluate(BEGIN % (STORE, BUSY[busy]))
            drive.open("/about")
            assert drive.evaluate(READ_AND_PUT)


def test_what_waits_is_said_to_be_safe_while_the_phone_does_not_answer(browser, server):
    with phone_of(browser, server.url) as page:
        page.goto("/offline/unsent")
        page.evaluate(f"() => {STORE}.then(({{ put }}) => put('queue', {{ id: 'a' }}))")
        other = page.context.new_page()
        other.goto("/emergency")
        other.evaluate(f"() => {HOLD}")

        page.reload()

        page.get_by_text("Nothing is lost. Close this app or browser, then open it again.").wait_for(timeout=PATIENCE)
