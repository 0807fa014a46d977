"""Reminders end to end, in Firefox with a push service of our own: chosen by the page's button, sent by the server, shown by
the worker, tapped, lost and found again, and ended. One start of Firefox serves for all of it.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from acupwa.reminders.notices import notices
from tests.offline.test_new_build import SEND
from tests.site.main_pages import ANSWERS
from tests.support.autopush import PushService, push_service
from tests.support.browser import SAVES_DATA
from tests.support.firefox import IS_THERE, Firefox, firefox
from tests.support.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not IS_THERE, reason="no Firefox here")]
PAGE = "/plan/reminders"
# In place of what shows a notice on a screen: it is told that it is shown, and tapped when we say so.
ALERTS = """(() => {
  const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
  globalThis.alerts = [];
  const service = {
    showAlert(alert, listener) {
      alerts.push({ title: alert.title, text: alert.text, listener });
      listener?.observe(null, "alertshow", null);
    },
    closeAlert() {},
    teardown() {},
    getHistory: () => [],
    QueryInterface: ChromeUtils.generateQI(["nsIAlertsService"]),
  };
  registrar.registerFactory(Services.uuid.generateUUID(), "", "@mozilla.org/alerts-service;1", {
    createInstance: (iid) => service.QueryInterface(iid),
    QueryInterface: ChromeUtils.generateQI(["nsIFactory"]),
  });
  return true;
})()"""
SHOWN = "alerts.map(({ title, text }) => [title, text])"
TAP = "(() => { alerts.at(-1).listener.observe(null, 'alertclickcallback', null); return true; })()"
VISIBLE = "[...document.querySelectorAll('.reminders-phone [data-state]')].filter((one) => !one.hidden).map((one) => one.innerText).join(' ')"
# All that the browser holds, of all addresses; gives what would not go. The workers first: they would subscribe anew.
FORGET = """(async () => {
  alerts.length = 0;
  const workers = Cc["@mozilla.org/serviceworkers/manager;1"].getService(Ci.nsIServiceWorkerManager);
  const all = workers.getAllRegistrations();
  for (let i = 0; i < all.length; i++) {
    const { principal, scope } = all.queryElementAt(i, Ci.nsIServiceWorkerRegistrationInfo);
    await new Promise((done, fail) => {
      const told = { unregisterSucceeded: done, unregisterFailed: fail };
      told.QueryInterface = ChromeUtils.generateQI(["nsIServiceWorkerUnregisterCallback"]);
      workers.unregister(principal, told, scope);
    });
  }
  return new Promise((done) => {
    Services.clearData.deleteData(Ci.nsIClearDataService.CLEAR_ALL, { onDataDeleted: done });
  });
})()"""
LEFT = "Promise.all([navigator.serviceWorker.getRegistrations(), Object.keys(localStorage)]).then((all) => all.flat().length)"
# The daily look once more, to its end: the page's own began before. Then what the page asked for.
LOOKED = """(async () => {
  await navigator.serviceWorker.ready;
  const names = () => performance.getEntriesByType("resource").map(({ name }) => name);
  while (!names().some((name) => name.includes("/reminders-again.js"))) await new Promise((go) => setTimeout(go, 50));
  await (await import(names().find((name) => name.includes("/reminders-again.js")))).default();
  return names().map((name) => new URL(name).pathname);
})()"""
MARK = "JSON.parse(localStorage.getItem('reminders'))"


class Phone(NamedTuple):
    firefox: Firefox
    push: PushService
    server: Server

    def go(self, path: str) -> None:
        self.firefox.go(f"{self.server.url}{path}")

    def clean(self) -> None:
        """As a browser that was never here, and a push service that nobody asked."""
        first, *others = self.firefox.pages()
        for one in others:
            self.firefox.ask("browsingContext.close", context=one["context"])
        self.firefox.go("about:blank", first["context"])
        assert self.firefox.run_in_browser(FORGET) == 0
        for kept in (self.push.asked, self.push.given, self.push.dead):
            kept.clear()
        self._begin_anew()
        assert self.firefox.run(LEFT) == 0

    def _begin_anew(self) -> None:
        """A way that is begun while all is being forgotten may be forgotten, too, and nothing tells of it."""
        for _ in range(3):
            self.firefox.go(f"{self.server.url}/healthz", wait="none")
            try:
                self.firefox.wait_for("location.pathname === '/healthz' && document.readyState === 'complete'")
            except AssertionError:
                continue
            return
        raise AssertionError("Firefox does not go on")

    def somebody(self) -> None:
        """A new person, who has answered once."""
        self.go("/today")
        sent = [json.dumps(one) for one in (["/quiz/whole", ANSWERS, {"Idempotency-Key": str(uuid.uuid4())}],)]
        assert "/results/" in self.firefox.run(f"({SEND})({sent[0]})")

    def press(self, selector: str) -> None:
        self.firefox.wait_for(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")
        self.firefox.run(f"document.querySelector({json.dumps(selector)}).click()")

    def says(self, words: str) -> None:
        try:
            self.firefox.wait_for(f"({VISIBLE}).includes({json.dumps(words)})")
        except AssertionError:
            raise AssertionError(f"{words!r} not in {self.firefox.run(VISIBLE)!r}") from None

    def led_to(self, done: str) -> None:
        self.firefox.wait_for(
            f"location.pathname + location.search === '{PAGE}?done={done}' && document.readyState === 'complete'"
        )

    def turn_on(self) -> str:
        """By the button; gives the name by which the push service reaches this phone."""
        self.go(PAGE)
        self.says("Reminders are off.")
        self.press("[data-start]")
        self.led_to("subscribed")
        self.says("They come to this phone.")
        return self.push.given[-1]

    def test(self, done: str = "tested") -> None:
        self.press("form[action$='/test'] button")
        self.led_to(done)

    def shown(self, count: int) -> Any:
        until(lambda: len(self.firefox.run_in_browser(SHOWN)) >= count)
        return self.firefox.run_in_browser(SHOWN)

    def yesterday(self) -> None:
        """As if it had last been looked at then."""
        kept = "{ ...JSON.parse(localStorage.getItem('reminders')), day: 'yesterday' }"
        self.firefox.run(f"localStorage.setItem('reminders', JSON.stringify({kept})) ?? 1")

    def looked(self) -> None:
        """All is done, and told to the server: a page that is left before takes it along."""
        self.firefox.wait_for(f"({MARK})?.day !== 'yesterday'")


def until(so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def phone(tmp_path: Any, loop: asyncio.AbstractEventLoop) -> Iterator[Phone]:
    with push_service(loop) as push, ThreadPoolExecutor(1) as beside:
        server = Server(tmp_path, ACUPWA_PUSH_SERVICES=push.origin)
        starting = beside.submit(server.start)
        preferences = {
            "dom.push.serverURL": push.socket,
            "dom.push.connection.enabled": True,
            "dom.push.testing.allowInsecureServerURL": True,
            "permissions.default.desktop-notification": 1,
        }
        try:
            with firefox(tmp_path / "profile", preferences) as driver:
                driver.run_in_browser(ALERTS)
                driver.ask("script.addPreloadScript", functionDeclaration=f"() => {{ {SAVES_DATA} }}")
                starting.result()
                yield Phone(driver, push, server)
        finally:
            starting.exception()
            server.stop()


def a_reminder_comes_and_a_tap_leads_to_today_until_it_is_stopped(phone: Phone) -> None:
    assert phone.push.given == [], "nothing is asked for before the button is pressed"
    phone.turn_on()

    phone.test()
    assert phone.shown(1) == [["Acupwa", notices()["test"]]]
    head = phone.push.asked[-1]
    assert head["content-encoding"] == "aes128gcm"
    assert head["authorization"].startswith("vapid ")
    assert "cookie" not in head
    phone.firefox.run_in_browser(TAP)
    until(lambda: any(one["url"] == f"{phone.server.url}/today" for one in phone.firefox.pages()))

    phone.go(PAGE)
    phone.says("They come to this phone.")
    phone.press("[data-stop]")
    phone.led_to("stopped")
    phone.says("Reminders are off.")
    until(lambda: phone.push.dead >= set(phone.push.given))
    assert phone.firefox.run(MARK) is None


def a_phone_that_the_push_service_gave_up_is_dropped_and_comes_back_by_itself(phone: Phone) -> None:
    lost = phone.turn_on()
    phone.push.dead.add(lost)
    phone.yesterday()

    phone.test("untested")
    assert len(phone.push.asked) == 1
    # The page sees that the server gave this phone up, and that nobody turned reminders off.
    until(lambda: len(phone.push.given) == 2)
    phone.looked()
    phone.go(PAGE)
    phone.says("They come to this phone.")

    phone.test()
    assert phone.shown(1) == [["Acupwa", notices()["test"]]]
    assert len(phone.push.asked) == 2, "the dead one is not asked again"


def a_browser_that_lost_its_subscription_gets_another_on_the_next_page(phone: Phone) -> None:
    phone.turn_on()
    lose = "navigator.serviceWorker.ready.then((one) => one.pushManager.getSubscription()).then((one) => one.unsubscribe())"
    assert phone.firefox.run(lose)
    phone.yesterday()

    phone.go("/today")

    until(lambda: len(phone.push.given) == 2)
    phone.looked()
    phone.go(PAGE)
    phone.says("They come to this phone.")
    phone.test()
    assert phone.shown(1) == [["Acupwa", notices()["test"]]]


def what_was_turned_off_on_another_phone_ends_here_the_next_day(phone: Phone) -> None:
    mine = phone.turn_on()
    phone.firefox.run(f"fetch('{PAGE}/end', {{ method: 'POST', body: new URLSearchParams() }}).then((one) => one.url)")
    phone.go("/today")
    assert PAGE not in phone.firefox.run(LOOKED), "looked once a day"
    assert mine not in phone.push.dead

    phone.yesterday()
    phone.go("/today")

    until(lambda: mine in phone.push.dead)
    until(lambda: phone.firefox.run(MARK) is None)


def nobody_gets_what_another_person_chose(phone: Phone) -> None:
    mine = phone.turn_on()
    before = phone.firefox.run(MARK)["owner"]
    phone.firefox.run("fetch('/me/delete', { method: 'POST', body: new URLSearchParams() }).then((one) => one.url)")

    phone.somebody()
    phone.go("/today")

    until(lambda: mine in phone.push.dead)
    assert before != phone.firefox.run("document.body.dataset.owner")
    phone.go(PAGE)
    phone.says("Reminders are off.")


def clear_this_phone_ends_reminders_too(phone: Phone) -> None:
    mine = phone.turn_on()
    phone.test()
    phone.shown(1)

    phone.go("/me/clear")
    phone.press("form[action='/me/clear'] .button.danger")

    phone.firefox.wait_for("document.querySelector('h1')?.textContent === 'This phone is clear'")
    until(lambda: mine in phone.push.dead)
    assert phone.firefox.run("Object.keys(localStorage)") == []


STEPS = (
    a_reminder_comes_and_a_tap_leads_to_today_until_it_is_stopped,
    a_phone_that_the_push_service_gave_up_is_dropped_and_comes_back_by_itself,
    a_browser_that_lost_its_subscription_gets_another_on_the_next_page,
    what_was_turned_off_on_another_phone_ends_here_the_next_day,
    nobody_gets_what_another_person_chose,
    clear_this_phone_ends_reminders_too,
)


def test_reminders_on_a_phone(phone, subtests):
    for step in STEPS:
        with subtests.test(step.__name__):
            phone.clean()
            phone.somebody()
            step(phone)
