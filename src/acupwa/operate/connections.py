"""Who may hold a connection, and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from acupwa.logs import log_fault
from acupwa.networks import networks_of

# Below the number of files that a process may have open by default.
MOST_CONNECTIONS = 900
MOST_OF_ONE_PEER = 64
LOOPBACK = ("127.0.0.0/8", "::1/128")


class Connections:
    """Those that are open in this process. A trusted proxy brings many visitors: it may open as many as it likes."""

    def __init__(
        self, trusted: Iterable[str] = LOOPBACK, most: int = MOST_CONNECTIONS, most_of_one: int = MOST_OF_ONE_PEER
    ) -> None:
        self.count = 0
        self._of: Counter[str] = Counter()
        self._most = most
        self._most_of_one = most_of_one
        self._told = False
        self.trust(trusted)

    def trust(self, networks: Iterable[str]) -> None:
        """Addresses or networks of proxies. Raises ValueError for what is neither."""
        self._trusted: list[IPv4Network | IPv6Network] = [ip_network(one, strict=False) for one in networks]

    def add(self, address: str) -> bool:
        """Whether one more may stay. Each is taken off by `discard`, whether it may or not."""
        peer = networks_of(address)[0]
        self.count += 1
        self._of[peer] += 1
        if self.count > self._most:
            return False
        if self._of[peer] <= self._most_of_one or self._is_trusted(address):
            return True
        if not self._told:
            self._told = True
            log_fault("many connections from one peer: if it is a proxy, name it in ACUPWA_TRUSTED_PROXIES")
        return False

    def discard(self, address: str) -> None:
        peer = networks_of(address)[0]
        self.count -= 1
        self._of[peer] -= 1
        if not self._of[peer]:
            del self._of[peer]

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address.partition("%")[0])
        except ValueError:
            return not address  # a socket of this machine has none
        return any(parsed in network for network in self._trusted if network.version == parsed.version)
