"""Thirty phones on a network that changes at random: none of what they answered is lost, none is there twice.

`python -m tools.random_network` tries three hundred; with a number it begins at that seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.offline.random_network import try_seed
from tests.offline.three_engines import turning
from tests.support.certificate import own_certificate
from tests.support.server import Server
from tests.support.stand_in import StandIn

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def network(shared_server: Server) -> Iterator[tuple[StandIn, Callable[[str], None]]]:
    with turning(shared_server, tls=own_certificate()) as made:
        yield made


@pytest.mark.parametrize("seed", range(1, 31))
def test_each_is_on_the_server_once_or_still_seen_on_the_phone(seed, browser, shared_server, network):
    try_seed(seed, browser, shared_server, *network)
