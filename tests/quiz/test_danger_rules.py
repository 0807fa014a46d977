"""Danger signs worked out on a phone are those that the server works out, whatever was answered."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from acupwa.library.model import Library
from acupwa.quiz.countries import zones_by_country
from acupwa.quiz.danger_rules import danger_rules
from acupwa.quiz.groups import known_groups
from acupwa.quiz.help_lines import phones_for
from acupwa.quiz.model import Answers
from acupwa.quiz.reason import reason_texts
from acupwa.quiz.safety import derive, strictest
from tests.quiz.test_forty_people import PEOPLE
from tests.support.answers import make_answers

ON_THE_PHONE = """async (all) => {
  const { checked, derive, strictest, phonesFor } = await import("/static/js/danger-rules.js");
  const rules = checked(await (await fetch("/quiz/rules.json")).json());
  return all.map((answers) => {
    const signs = derive(answers, rules);
    return { signs, urgency: strictest(signs, rules), phones: phonesFor(signs, answers.country, rules) };
  });
}"""
FAULTS = """async ([spoils, answers]) => {
  const { checked, derive } = await import("/static/js/danger-rules.js");
  const text = await (await fetch("/quiz/rules.json")).text();
  const faults = {};
  for (const [name, path, value] of spoils) {
    const rules = JSON.parse(text);
    const at = path.slice(0, -1).reduce((place, key) => place[key], rules);
    if (value === undefined || value === null) delete at[path.at(-1)];
    else at[path.at(-1)] = value;
    try {
      derive(answers, checked(rules));
      faults[name] = "";
    } catch (fault) {
      faults[name] = String(fault);
    }
  }
  return faults;
}"""
MANY = 4000
KEYS = ("conditions", "red_flags", "precautions", "unsure", "groups", "country")


def at_random(library: Library, count: int, seed: int = 20261130) -> Iterable[Answers]:
    """Few ticks as people have them, and many, which meet every rule."""
    chance = random.Random(seed)
    known = {
        "conditions": list(library.conditions),
        "red_flags": list(library.red_flags),
        "precautions": list(library.precautions),
        "unsure": list(library.precautions),
        "groups": list(known_groups(library)),
    }
    countries = [None, *zones_by_country(), "XK"]
    for _ in range(count):
        most = chance.choice([1, 2, 4, 12])
        ticked = {key: tuple(chance.sample(ids, min(len(ids), chance.randint(0, most)))) for key, ids in known.items()}
        yield Answers(**ticked, country=chance.choice(countries))


def by_the_server(answers: Answers, library: Library) -> dict[str, Any]:
    raised = derive(answers, library).red_flags
    phones = phones_for([library.red_flags[one.id] for one in raised], answers.country, library)
    return {
        "signs": [
            {
                "id": one.id,
                "urgency": one.urgency,
                "because": list(reason_texts(one.because)),
                "derived": one.derived,
                "inGroup": one.in_group,
            }
            for one in raised
        ],
        "urgency": strictest([one.id for one in raised], library),
        "phones": msgspec.to_builtins(list(phones)),
    }


def as_posted(answers: Answers) -> dict[str, Any]:
    return {key: getattr(answers, key) for key in KEYS}


@pytest.mark.browser
def test_a_phone_works_out_what_the_server_does(phone, library):
    examples = [make_answers(**{key: tuple(told[key]) for key in KEYS[:3]}) for told, *_ in PEOPLE.values()]
    alone = [
        *(make_answers(red_flags=(one,)) for one in library.red_flags),
        *(make_answers(groups=(one,)) for one in known_groups(library)),
        *(make_answers(unsure=(one,), conditions=("hashimoto",)) for one in library.precautions),
    ]
    everything = [*examples, *alone, *at_random(library, MANY)]
    phone.goto("/about")

    found = phone.evaluate(ON_THE_PHONE, [as_posted(answers) for answers in everything])

    for answers, one in zip(everything, found, strict=True):
        assert one == by_the_server(answers, library), as_posted(answers)
    derived = {sign["id"] for one in found for sign in one["signs"] if sign["derived"] and not sign["inGroup"]}
    assert derived == set(library.derived_signs), "each rule was met"


SPOILS = [
    ("nothing", ["content"], "another"),
    ("no version", ["content"], None),
    ("no signs", ["signs"], {}),
    ("signs gone", ["signs"], None),
    ("no rules", ["derived"], []),
    ("a rule that needs nothing", ["derived", 0, "needs"], []),
    ("a rule that names nothing", ["derived", 0, "needs", 0], []),
    ("a rule for a sign that is not there", ["derived", 0, "sign"], "not-there"),
    ("a sign without its urgency", ["signs", "sepsis", "urgency"], "soon"),
    ("a sign that is answered and gone", ["signs", "sepsis"], None),
    ("a precaution that is answered and gone", ["precautions", "no-spleen"], None),
    ("a group that is answered and gone", ["sign_groups", "skin"], None),
    ("no numbers", ["phones", "emergency"], None),
    ("no numbers elsewhere", ["phones", "emergency", "*"], None),
]


@pytest.mark.browser
def test_rules_that_are_broken_are_never_no_danger_sign(phone, library):
    assert "skin" in known_groups(library)
    phone.goto("/about")
    answers = as_posted(make_answers(red_flags=("sepsis",), precautions=("no-spleen",), groups=("skin",)))

    faults = phone.evaluate(FAULTS, [[list(one) for one in SPOILS], answers])

    assert faults.pop("nothing") == ""
    assert all(faults.values()), faults


def test_the_rules_hold_all_that_the_content_has(library):
    rules = danger_rules(library)

    assert rules.content == library.version
    assert tuple(rules.signs) == tuple(library.red_flags)
    assert tuple(rules.precautions) == tuple(library.precautions)
    assert {*rules.sign_groups, *rules.precaution_groups} == set(known_groups(library))
    assert set(rules.phones) == {kind for sign in library.red_flags.values() for kind in sign.call}
