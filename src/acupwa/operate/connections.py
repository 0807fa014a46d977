"""Who may hold a connection, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Protocol

from acupwa.logs import log_fault
from acupwa.networks import TIMES, networks_of

# Below the number of files that a process may have open by default.
MOST_CONNECTIONS = 900
MOST_OF_ONE_PEER = 64
LOOPBACK = ("127.0.0.0/8", "::1/128")


class Connection(Protocol):
    """What a connection says of itself when there is no room left."""

    def is_waiting(self) -> bool:
        """Whether it is the visitor's turn: nothing is worked on for it."""
        ...

    def end(self) -> None: ...


class Connections:
    """Those that are open in this process. A trusted proxy brings many visitors: it may open as many as it likes."""

    def __init__(
        self, trusted: Iterable[str] = LOOPBACK, most: int = MOST_CONNECTIONS, most_of_one: int = MOST_OF_ONE_PEER
    ) -> None:
        self._open: dict[Connection, str] = {}
        self._of: Counter[str] = Counter()
        self._most = most
        self._most_of_one = most_of_one
        self._told = False
        self.trust(trusted)

    @property
    def count(self) -> int:
        return len(self._open)

    def trust(self, networks: Iterable[str]) -> None:
        """Addresses or networks of proxies. Raises ValueError for what is neither."""
        self._trusted: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in networks]

    def add(self, connection: Connection, address: str) -> bool:
        """Whether one more may stay. Each is taken off by `discard`, whether it may or not.

        When all places are taken, the one ends that waits longest for its visitor, of the network that holds most: who
        only holds places keeps nobody out.
        """
        self._open[connection] = address
        self._of.update(networks_of(address))
        if not self._is_trusted(address) and self._is_crowded(address):
            return False
        return len(self._open) <= self._most or self._make_room(connection)

    def discard(self, connection: Connection) -> None:
        address = self._open.pop(connection, None)
        for network in networks_of(address) if address is not None else ():
            self._of[network] -= 1
            if not self._of[network]:
                del self._of[network]

    def _is_crowded(self, address: str) -> bool:
        numbers = zip(networks_of(address), TIMES, strict=False)
        crowded = any(self._of[network] > self._most_of_one * times for network, times in numbers)
        if crowded and not self._told:
            self._told = True
            log_fault("many connections from one peer: if it is a proxy, name it in ACUPWA_TRUSTED_PROXIES")
        return crowded

    def _make_room(self, newest: Connection) -> bool:
        waiting = [one for one in self._open if one is not newest and one.is_waiting()]
        ending = [one for one in waiting if not self._is_trusted(self._open[one])]
        if not ending:
            return False
        # The oldest come first, and `max` takes the first of those that are alike.
        longest = max(ending, key=lambda one: self._of[networks_of(self._open[one])[-1]])
        longest.end()
        self.discard(longest)
        return True

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return not address  # a socket of this machine has none
        return any(parsed in network for network in self._trusted if network.version == parsed.version)
