"""Forty people, each with what they answer and how urgent it is: written down from the evidence, not from the code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from acupwa.library.model import Library
from acupwa.results.assess import run_assess

NOW, TODAY, DAYS, NONE = "emergency-now", "same-day", "within-days", "none"


def told(conditions: str, signs: str = "", precautions: str = "", age: str = "40-64") -> dict[str, Any]:
    return {
        "age_band": age,
        "country": "GB",
        "conditions": conditions.split(),
        "red_flags": signs.split(),
        "precautions": precautions.split(),
        "ratings": {"pain": 2},
    }


PEOPLE: dict[str, tuple[dict[str, Any], str, str]] = {
    # what they answer, how urgent, the signs that stand (derived ones too), the strictest first
    "Ana, 52, RA, tight chest on the stairs": (told("ra", "chest-pain-breathless"), NOW, "chest-pain-breathless"),
    "Ben, 34, psoriasis, nothing alarming": (told("psoriasis", age="18-39"), NONE, ""),
    "Chloe, MS, an arm went weak after needles in the neck, on warfarin": (
        told("ms", "nerve-or-cord-after-needles", "anticoagulants"), NOW, "nerve-or-cord-after-needles"),
    "Dev, RA, worst headache in the session": (told("ra", "head-bleed-after-needles"), NOW, "head-bleed-after-needles"),
    "Emma, fibromyalgia, a needle snapped": (told("fibromyalgia", "needle-left-or-broken"), TODAY, "needle-left-or-broken"),
    "Femi, RA on naproxen, black sticky poo": (told("ra", "gut-bleed-or-hole"), NOW, "gut-bleed-or-hole"),
    "Gita, lupus, fever and a stiff neck": (told("sle", "meningitis"), NOW, "meningitis"),
    "Hana, took far too many thyroid tablets, heart racing, 39 degrees": (told("hashimoto", "thyroid-storm"), NOW, "thyroid-storm"),
    "Ivo, Graves too, on carbimazole, sore throat": (told("hashimoto", "antithyroid-sore-throat"), TODAY, "antithyroid-sore-throat"),
    "Jo, RA, methotrexate each day for a week by mistake": (
        told("ra", "methotrexate-too-much", "methotrexate-dmard"), TODAY, "methotrexate-too-much"),
    "Kim, psoriasis on a biologic, blisters on one side": (
        told("psoriasis", "shingles", "immunosuppression-strong"), TODAY, "shingles"),
    "Lena, RA, blisters by the eyelid": (told("ra", "shingles-near-eye"), TODAY, "shingles-near-eye"),
    "Max, MS on ocrelizumab, his son has chickenpox": (
        told("ms", "chickenpox-contact", "immunosuppression-strong"), TODAY, "chickenpox-contact"),
    "Nia, tingling climbs from her feet since yesterday": (told("fibromyalgia", "climbing-weakness"), NOW, "climbing-weakness"),
    "Otto, MS, chokes on water": (told("ms", "weak-swallow-or-breath"), NOW, "weak-swallow-or-breath"),
    "Pia, MS, both legs gone within an hour": (told("ms", "sudden-cannot-walk"), NOW, "sudden-cannot-walk"),
    "Quinn, MS, more tingling for three days": (told("ms", "ms-relapse"), DAYS, "ms-relapse"),
    "Rosa, RA on sulfasalazine, mouth sores": (told("ra", "low-blood-count-tablets"), TODAY, "low-blood-count-tablets"),
    "Sam, told of very low white cells, and feverish": (
        told("ra", "", "severe-neutropenia fever-or-infection-now"), NOW, "neutropenic-fever"),
    "Tess, no spleen, and feverish": (told("sle", "", "no-spleen fever-or-infection-now"), NOW, "fever-no-spleen"),
    "Uma, no spleen, on methotrexate, fever": (
        told("ra", "", "no-spleen methotrexate-dmard fever-or-infection-now"), NOW, "fever-no-spleen fever-on-immunosuppressant"),
    "Vic, no spleen and ticks fever on a medicine": (
        told("ra", "fever-on-immunosuppressant", "no-spleen"), NOW, "fever-no-spleen fever-on-immunosuppressant"),
    "Will, no spleen, well": (told("ra", "", "no-spleen"), NONE, ""),
    "Xena, very low white cells, no fever": (told("ra", "", "severe-neutropenia"), NONE, ""),
    "Yara, a cold, no medicine that lowers immunity": (told("fibromyalgia", "", "fever-or-infection-now"), NONE, ""),
    "Zoe, a chest infection on more than 10 mg of prednisolone": (
        told("sle", "", "steroids-over-10mg fever-or-infection-now"), TODAY, "fever-on-immunosuppressant"),
    "Abe, pregnant wife answers for herself: on methotrexate": (
        told("ra", "", "pregnancy methotrexate-dmard", "18-39"), TODAY, "pregnant-on-harmful-medicine"),
    "Bea, may be pregnant, on fingolimod": (
        told("ms", "", "pregnancy immunosuppression-strong", "18-39"), TODAY, "pregnant-on-harmful-medicine"),
    "Cy, pregnant on warfarin": (told("sle", "", "pregnancy anticoagulants", "18-39"), TODAY, "pregnant-on-harmful-medicine"),
    "Dot, pregnant on acitretin": (told("psoriasis", "", "pregnancy acitretin", "18-39"), TODAY, "pregnant-on-harmful-medicine"),
    "Eva, pregnant with Hashimoto's": (told("hashimoto", "", "pregnancy", "18-39"), DAYS, "pregnant-with-thyroid-disease"),
    "Fay, pregnant, Hashimoto's and lupus on azathioprine": (
        told("hashimoto sle", "", "pregnancy immunosuppression-strong", "18-39"), TODAY,
        "pregnant-on-harmful-medicine pregnant-with-thyroid-disease"),
    "Gus, hot red skin at a needle site and shivering": (
        told("ra", "spreading-infection-after-needles"), NOW, "spreading-infection-after-needles"),
    "Hal, hot red skin at a needle site, no fever": (told("ra", "infection-at-needle-site"), TODAY, "infection-at-needle-site"),
    "Ida, lumps where needles went, weeks ago": (told("ra", "late-lumps-at-needle-sites"), DAYS, "late-lumps-at-needle-sites"),
    "Jan, ticks both halves of the skin infection": (
        told("ra", "infection-at-needle-site spreading-infection-after-needles"), NOW,
        "spreading-infection-after-needles infection-at-needle-site"),
    "Kit, one knee hot and swollen since last night": (told("ra", "", "hot-swollen-joint"), TODAY, "septic-joint"),
    "Lou, balance gone and double vision within minutes": (told("ms", "stroke-fast"), NOW, "stroke-fast"),
    "Mia, 16, lupus, foamy urine": (told("sle", "lupus-kidney", age="16-17"), TODAY, "lupus-kidney"),
    "Ned, no diagnosis, bruises that came by themselves": (told("none-yet", "unexplained-bruising-bleeding"), TODAY, "unexplained-bruising-bleeding"),
}  # fmt: skip


def test_there_are_forty():
    assert len(PEOPLE) == 40


@pytest.mark.parametrize("who", PEOPLE)
def test_each_gets_the_urgency_of_their_signs_and_no_plan_with_one(library: Library, who: str):
    answers, urgency, signs = PEOPLE[who]

    code, out, faults = run_assess(json.dumps({"answers": answers}), library)

    assert (code, faults) == (0, ())
    result = json.loads(out)
    assert result["urgency"] == urgency
    assert [one["id"] for one in result["red_flags"]] == signs.split()
    assert [one["id"] for one in result["red_flags"] if one.get("derived")] == [
        one for one in signs.split() if one not in answers["red_flags"]
    ]
    if signs:
        assert result["plan"]["made"] is False
        assert {f"red_flags:{one}" for one in signs.split()} <= set(result["plan"]["because"])
