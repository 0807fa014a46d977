"""Pages that were opened before the check-in went on elsewhere: nothing of danger is lost, nobody is led astray."""

from __future__ import annotations

import re

import pytest

from tests.quiz.test_order import kept
from tests.support.people import RA, fill, on_screen

SIGN = "chest-pain-breathless"


def stamp(page: str) -> dict[str, str]:
    """What a page says of itself."""
    return dict(re.findall(r'name="(version|opened|made)" value="([^"]*)"', page))


@pytest.mark.parametrize("button", ["", "/pause"])
def test_a_sign_ticked_on_a_page_of_a_check_in_that_was_finished_meanwhile_is_kept(client, button):
    place = fill(client, RA)
    late = stamp(client.get(f"{place}/right-now").text)
    result = client.post(f"{place}/finish").headers["location"]

    pressed = client.post(f"{place}/right-now{button}", late | {"red_flags": SIGN})
    if pressed.status_code == 422:
        assert f'value="{SIGN}" checked' in pressed.text
        again = stamp(pressed.text) | {"red_flags": SIGN}
        pressed = client.post(f"{place}/right-now{button}", again)

    assert pressed.status_code == 303
    assert SIGN in kept(client)["red_flags"]
    page = client.get(result).text
    assert "You did not tick any danger signs" not in page
    assert 'href="tel:' in page


def test_pausing_a_finished_check_in_keeps_the_other_answers_too(client):
    place = fill(client, RA)
    client.post(f"{place}/finish")
    late = stamp(client.get(f"{place}/ratings").text)

    paused = client.post(f"{place}/ratings/pause", late | on_screen("ratings", RA | {"ratings.fatigue": "9"}))

    assert paused.headers["location"].startswith("/results/")
    assert kept(client)["ratings"]["fatigue"] == 9


def test_a_late_page_that_is_no_longer_asked_leads_on_and_shows_no_other_screen_s_faults(client):
    place = fill(client, RA, until="impact")
    late = stamp(client.get(f"{place}/ratings").text)
    none_yet = stamp(client.get(f"{place}/about-you").text) | {"age_band": "40-64", "conditions": "none-yet"}
    assert client.post(f"{place}/about-you", none_yet).status_code == 303

    answer = client.post(f"{place}/ratings", late | on_screen("ratings", RA))

    assert answer.status_code == 303
    assert answer.headers["location"] in (f"{place}/lately", f"{place}/review")
