"""In Chromium, Firefox and WebKitGTK with the server really stopped; in Chromium also behind each bad network.

`python -m tools.three_engines` tries all of it in all three.
"""

from __future__ import annotations

import pytest

from tests.offline.three_engines import behind_bad_networks, turning, with_the_server_stopped
from tests.support.certificate import own_certificate
from tests.support.drive import ENGINES, driven

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("engine", ENGINES)
def test_with_the_server_stopped_a_phone_opens_reads_answers_and_comes_back(engine, browser, server, tmp_path):
    with driven(engine, server.url, tmp_path / "phone", browser.browser_type) as drive:
        with_the_server_stopped(drive, server)


def test_behind_each_bad_network_nothing_is_lost_and_nothing_sent_twice(browser, server, tmp_path):
    with (
        turning(server, tls=own_certificate()) as (between, turn),
        driven("chromium", between.url, tmp_path / "p", browser.browser_type) as drive,
    ):
        behind_bad_networks(drive, turn)
