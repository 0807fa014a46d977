"""The main pages as one person sees them, each with what is mainly done there, and what of a page a test asks for."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from acupwa.planner.model import WEEKDAYS
from tests.support.people import plan_fields

OURS = {"sec-fetch-site": "same-origin"}
ANSWERS = {
    "age_band": "40-64",
    "country": "GB",
    "conditions": "ra",
    "main_symptom": "pain",
    "problem_words": "sore wrists",
    "ratings.problem": "7",
    "ratings.fatigue": "5",
    "precautions": "methotrexate-dmard",
}


class MainPage(NamedTuple):
    """`main` is the selector of what is mainly done there; `known`: as somebody with two check-ins and a plan has it.

    In an address `{first}` is a check-in that was ended, `{next}` one that was begun.
    """

    address: str
    main: str
    known: bool = True


PAGES: Mapping[str, MainPage] = {
    "today": MainPage("/today", ".today-next .button"),
    "check-in": MainPage("/check-in", ".quiz-choice .button"),
    "follow-up": MainPage("/quiz/{next}/follow-up", "#go-on"),
    "summary": MainPage("/results/{first}", ".results-plan .button"),
    "plan": MainPage("/plan", ".planner-next .button"),
    "plan-form": MainPage("/plan/change", "#planner-form .button"),
    "read": MainPage("/read", ".reading-for-you a"),
    "list": MainPage("/list", ".reading-entry a"),
    "progress": MainPage("/progress", "main summary"),
    "me": MainPage("/me", "main a"),
    "emergency": MainPage("/emergency", ".tel"),
    "home": MainPage("/", "main .button", known=False),
    "new-today": MainPage("/today", "main .button", known=False),
    "new-check-in": MainPage("/check-in", "main form button", known=False),
    "article": MainPage("/read/is-it-for-me", "main a", known=False),
}

# What can be pressed, as large as it takes a press: a control with its label, a link of a card with the card. Links and hard
# words in the run of a sentence are as high as its lines.
TARGETS = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2;
  const inSentence = (one) => one.matches(".hard-word") || getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td, small, figcaption")
    && one.closest("p, li, dd, td, small, figcaption").textContent.trim().length > one.textContent.trim().length + 3;
  const area = (one) => {
    const cover = getComputedStyle(one, "::after");
    if (one.matches("a") && cover.content !== "none" && cover.position === "absolute") return one.offsetParent;
    return one.matches("input") && one.closest("label") ? one.closest("label") : one;
  };
  const found = [...document.querySelectorAll("main :is(a[href], button, summary, select, textarea, input:not([type=hidden]))")]
    .filter((one) => shown(one) && !inSentence(one) && !one.closest("svg, [aria-hidden=true]")).map(area);
  return [...new Set(found)].map((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    return { left, top, right, bottom, words: (one.getAttribute("aria-label") || one.textContent).trim().replace(/\\s+/g, " ").slice(0, 40) };
  });
}"""
# How many stops of the Tab key there are from the top to the main thing, and whether a skip link leads to it.
STOPS = """(main) => {
  const stops = [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)
    .filter((one, at, all) => one.type !== "radio" || all.findIndex((other) => other.name === one.name) === at);
  const at = stops.findIndex((one) => one.matches(main));
  const skips = [...document.querySelectorAll("a.skip:not([href='#main'])")].map((one) => document.querySelector(one.hash));
  return { at, skipped: skips.some((one) => one && (one.matches(main) || one.querySelector(main))) };
}"""
# The distances that WCAG 1.4.12 names; what no longer has its place then.
SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => {
  const hides = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) && getComputedStyle(one).clipPath === "none";
  const cut = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && !one.closest("svg") && hides(one)
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1));
  const drawn = [...document.querySelectorAll("svg text")].filter((one) => {
    const box = one.getBoundingClientRect(), frame = one.ownerSVGElement.getBoundingClientRect();
    const [left, right] = getComputedStyle(one.ownerSVGElement).overflow === "visible" ? [0, innerWidth] : [frame.left, frame.right];
    return one.checkVisibility() && (box.left < left - 1 || box.right > right + 1);
  });
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the phone"] : [];
  return [...wide, ...[...cut, ...drawn].map((one) => one.outerHTML.slice(0, 100))];
}"""
# Words that stand on two lines, and were not broken at a hyphen of their own or a place given for it.
BROKEN = """() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, holder = node.parentElement;
    if (!holder.checkVisibility({ visibilityProperty: true }) || holder.closest("svg, .hidden-visually, template, script")) continue;
    for (const { 0: word, index } of node.data.matchAll(/[^\\s\\u00ad\\u200b\\/–—-]+/g)) {
      // The hyphen at a place given for it is told with the letter after it.
      range.setStart(node, index + (node.data[index - 1] === "\\u00ad"));
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0.5).map((box) => Math.round(box.top / 4)));
      if (lines.size > 1) found.add(word);
    }
  }
  return [...found];
}"""


def known_on(page: Any) -> dict[str, str]:
    """Make somebody in this browser; gives the address of each main page."""
    first = _check_in(page, ANSWERS)
    _check_in(page, ANSWERS | {"ratings.problem": "4"})
    today = datetime.now(ZoneInfo("Europe/London")).date()
    plan = plan_fields(first_day=today.isoformat(), weekdays=WEEKDAYS[today.weekday()], time="23:59")
    assert page.request.post("/plan", form=plan, headers=OURS, max_redirects=0).status == 303
    begun = page.request.post("/quiz", form={"variant": "follow-up"}, headers=OURS, max_redirects=0)
    names = {"first": first, "next": begun.headers["location"].split("/")[2]}
    return {name: one.address.format(**names) for name, one in PAGES.items()}


def _check_in(page: Any, answers: Mapping[str, str]) -> str:
    headers = OURS | {"idempotency-key": str(uuid.uuid4())}
    answer = page.request.post("/quiz/whole", form=answers, headers=headers, max_redirects=0)
    assert answer.status == 303, answer.text()[:2000]
    return str(answer.headers["location"].rpartition("/")[2])
