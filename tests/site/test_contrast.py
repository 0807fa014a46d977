"""Colours by their tokens: text 7:1 on every ground, edges of controls and the focus 3:1 (WCAG 2.2, 1.4.6 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.support.paths import ROOT

GROUNDS = (
    "paper",
    "surface",
    "surface-quiet",
    "accent-soft",
    "emergency-soft",
    "urgent-soft",
    "soon-soft",
    "calm-soft",
)
TEXTS = ("text", "text-quiet", "accent", "accent-strong", "emergency", "urgent", "soon", "calm")
ON = (("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-emergency", "emergency"), ("surface", "soon"),
      ("surface", "urgent"), ("mark-text", "mark"))  # fmt: skip
EDGES = ("line-strong", "focus")


def schemes() -> dict[str, dict[str, str]]:
    """The tokens of each scheme: what the dark ones do not set is as in the light ones."""
    blocks = re.findall(r"(:root[^{]*)\{([^}]*)\}", (ROOT / "static" / "css" / "tokens.css").read_text())
    by_name = [(name, dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", body))) for name, body in blocks]
    light = next(tokens for name, tokens in by_name if "data-theme" not in name and tokens)
    dark = {name.strip(): tokens for name, tokens in by_name if "data-theme" in name and tokens}
    return {"light": light, **{name: {**light, **tokens} for name, tokens in dark.items()}}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", schemes())
def test_every_text_is_seven_to_one_on_every_ground(scheme):
    tokens: Mapping[str, str] = schemes()[scheme]
    pairs = [*((text, ground) for text in TEXTS for ground in GROUNDS), *ON]

    assert not {pair: contrast(tokens[pair[0]], tokens[pair[1]]) for pair in pairs if contrast(
        tokens[pair[0]], tokens[pair[1]]) < 7}  # fmt: skip


@pytest.mark.parametrize("scheme", schemes())
def test_edges_of_controls_and_the_focus_are_three_to_one(scheme):
    tokens = schemes()[scheme]
    for edge in EDGES:
        for ground in GROUNDS:
            assert contrast(tokens[edge], tokens[ground]) >= 3, (edge, ground)


def test_both_ways_to_the_dark_colours_give_the_same():
    _light, *dark = schemes().values()
    assert len(dark) == 2
    assert dark[0] == dark[1]
