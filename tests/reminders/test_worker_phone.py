"""What the service worker makes of a push, in Chromium: its debugging protocol hands over what a push service would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import httpx
import pytest

from acupwa.reminders.notices import notices
from tests.reminders.test_states_phone import ELSEWHERE, KIND, PAGE, START
from tests.site.main_pages import OURS, known_on
from tests.support.browser import PHONE, SAVES_DATA
from tests.support.stand_in import OURS as OUR_ANSWER
from tests.support.stand_in import standing_in

pytestmark = pytest.mark.browser
NEUTRAL = notices()["notice"]
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.getNotifications();
  return found.map(({ title, body, tag, data, actions }) => [title, body, tag, data, actions?.length || 0]);
}"""
CLOSED = """async () => {
  const registration = await navigator.serviceWorker.ready;
  for (const one of await registration.getNotifications()) one.close();
}"""
# Only a tap of a person may open a window, and no protocol gives one: what the worker asks for is written down.
TAPPED = """async () => {
  const asked = [];
  clients.openWindow = async (address) => { asked.push(["open", address]); return null; };
  WindowClient.prototype.focus = async function () { asked.push(["focus", new URL(this.url).pathname]); return this; };
  WindowClient.prototype.navigate = async function (address) { asked.push(["navigate", address]); return this; };
  const [notification] = await registration.getNotifications();
  dispatchEvent(new NotificationEvent("notificationclick", { notification }));
  for (let i = 0; i < 50 && (await registration.getNotifications()).length; i++) await new Promise((go) => setTimeout(go, 20));
  await new Promise((go) => setTimeout(go, 200));
  return asked;
}"""


class Phone(NamedTuple):
    page: Any
    worker: Any
    debug: Any
    registration: str
    url: str

    def push(self, data: str) -> list[Any]:
        """What is shown after it. The debugging protocol drops one to a worker that is just being started, and does not
        say so: then it is delivered again.
        """
        told = {"origin": self.url, "registrationId": self.registration, "data": data}
        for _ in range(3):
            self.debug.send("ServiceWorker.deliverPushMessage", told)
            for _ in range(200):
                if found := self.page.evaluate(SHOWN):
                    return list(found)
                self.page.wait_for_timeout(50)
        return []


@contextmanager
def phone_at(browser: Any, url: str) -> Iterator[Phone]:
    context = browser.new_context(**PHONE, base_url=url, permissions=["notifications"])
    for script in (SAVES_DATA, KIND):
        context.add_init_script(script)
    page = context.new_page()
    page.goto("/about")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    debug, found = context.new_cdp_session(page), []
    debug.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    debug.send("ServiceWorker.enable")
    for _ in range(400):
        if found:
            break
        page.wait_for_timeout(50)
    assert found, "no registration is told of"
    yield Phone(page, context.service_workers[0], debug, found[-1]["registrationId"], url)
    context.close()


@pytest.fixture(scope="module")
def shared_phone(whole_browser: Any, shared_server: Any) -> Iterator[Phone]:
    with phone_at(whole_browser, shared_server.url) as phone:
        yield phone


@pytest.fixture
def with_worker(shared_phone: Phone) -> Phone:
    """Nobody's phone, at a page for everyone, with nothing shown."""
    shared_phone.page.context.clear_cookies()
    shared_phone.page.goto("/about")
    shared_phone.page.evaluate(CLOSED)
    shared_phone.page.wait_for_function(f"async () => !(await ({SHOWN})()).length")
    return shared_phone


@pytest.mark.parametrize("kind", notices())
def test_each_kind_is_shown_in_its_own_words(with_worker, kind):
    assert with_worker.push(f'{{"kind": "{kind}"}}') == [["Acupwa", notices()[kind], kind, None, 0]]


@pytest.mark.parametrize(
    "data",
    ['{"kind": "of a later release"}', '{"kind": "toString"}', '{"kind": ["sent"], "x": 1}', "{}", "null", "x", ""],
)
def test_whatever_comes_something_is_shown(with_worker, data):
    shown = with_worker.push(data)

    assert [one[:2] for one in shown] in ([["Acupwa", NEUTRAL]], [["Acupwa", notices()["sent"]]])
    assert "sent" in data or shown[0][2] == "notice"


def test_a_push_says_neither_words_nor_an_address(with_worker):
    told = '{"kind": "sent", "title": "Psst", "body": "Read this", "url": "https://elsewhere.example/"}'

    assert with_worker.push(told) == [["Acupwa", notices()["sent"], "sent", None, 0]]
    assert with_worker.worker.evaluate(TAPPED) == [["open", "/today"]]


def test_a_newer_one_takes_the_place_of_the_older(with_worker):
    with_worker.push('{"kind": "test"}')
    with_worker.push('{"kind": "test"}')
    with_worker.push('{"kind": "sent"}')
    with_worker.page.wait_for_function(f"async () => (await ({SHOWN})()).length === 2")

    assert {one[2] for one in with_worker.page.evaluate(SHOWN)} == {"test", "sent"}


def test_a_tap_comes_back_to_today_that_is_open_and_leaves_other_pages_alone(with_worker):
    with_worker.push('{"kind": "hour-before"}')
    assert with_worker.worker.evaluate(TAPPED) == [["open", "/today"]], "/about is open, and stays as it is"
    assert with_worker.page.evaluate(SHOWN) == [], "a notice goes with the tap"

    with_worker.page.goto("/today")
    with_worker.push('{"kind": "hour-before"}')

    assert with_worker.worker.evaluate(TAPPED) == [["focus", "/today"], ["navigate", "/today"]]


def test_the_icon_has_a_dot_until_today_is_opened(with_worker):
    with_worker.worker.evaluate("() => { self.dots = 0; navigator.setAppBadge = async () => { self.dots += 1; }; }")
    with_worker.page.context.add_init_script(
        "window.cleared = 0; navigator.clearAppBadge = async () => { window.cleared += 1; }"
    )

    with_worker.push('{"kind": "check-in"}')
    assert with_worker.worker.evaluate("() => self.dots") == 1
    with_worker.page.goto("/read")
    with_worker.page.wait_for_load_state("networkidle")
    assert with_worker.page.evaluate("window.cleared") == 0
    with_worker.page.goto("/today")
    with_worker.page.wait_for_function("() => window.cleared === 1")


def test_a_browser_that_changes_its_subscription_tells_the_server(with_worker):
    known_on(with_worker.page)
    chosen = {"form": ELSEWHERE, "headers": OURS, "max_redirects": 0}
    assert with_worker.page.request.post(f"{PAGE}/subscription", **chosen).status == 303
    chosen["form"] = {"endpoint": ELSEWHERE["endpoint"]}
    assert with_worker.page.request.post(f"{PAGE}/subscription/end", **chosen).status == 303
    with_worker.page.goto(PAGE)
    assert with_worker.page.locator(".reminders-phone[data-here]").count() == 0
    changed = """async (fields) => {
      const [real, told] = [self.fetch, []];
      self.fetch = async (path, options) => {
        const answer = await real(path, options);
        // What pages ask for goes through the worker, too.
        if (options?.body) told.push(String(options.body));
        return answer;
      };
      const newSubscription = { toJSON: () => ({ endpoint: fields.endpoint, keys: { p256dh: fields.p256dh, auth: fields.auth } }) };
      dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), { newSubscription }));
      dispatchEvent(new ExtendableEvent("pushsubscriptionchange"));
      for (let i = 0; i < 200 && !told.length; i++) await new Promise((go) => setTimeout(go, 50));
      self.fetch = real;
      return told;
    }"""
    (told,) = with_worker.worker.evaluate(
        changed, ELSEWHERE | {"endpoint": "https://fcm.googleapis.com/fcm/send/changed"}
    )

    assert told.endswith("again=1"), "nobody chose just now"
    with_worker.page.goto(PAGE)
    assert with_worker.page.locator(".reminders-phone[data-on][data-here]").count() == 1


def test_a_worker_of_a_release_without_reminders_makes_way_before_they_are_on(whole_browser, shared_server, loop):
    text = httpx.get(f"{shared_server.url}/service-worker.js").text
    body = text.partition("// A push says which kind")[0].encode()
    assert b'"push"' not in body
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nContent-Length: {len(body)}\r\n{OUR_ANSWER}Connection: close\r\n\r\n"
    with standing_in(shared_server.port, loop) as between:
        between.answers["without reminders"] = head.encode() + body
        between.in_place_of["/service-worker.js"] = "without reminders"
        with phone_at(whole_browser, between.url) as phone:
            known_on(phone.page)
            between.in_place_of.clear()
            phone.page.goto(PAGE)
            phone.page.get_by_role("button", name=START).click()
            phone.page.wait_for_url("**?done=subscribed")

            assert phone.push('{"kind": "test"}') == [["Acupwa", notices()["test"], "test", None, 0]]
