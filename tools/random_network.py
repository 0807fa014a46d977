"""`python -m tools.random_network [phones] [first]`: 300 phones on a network that changes at random, each from its seed.

Prints what a phone did where something was lost or is there twice; `python -m tools.random_network 1 SEED` does it again.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.offline.random_network import try_seed
from tests.offline.three_engines import turning
from tests.support.browser import launched_browser
from tests.support.certificate import own_certificate
from tests.support.server import Server


def main(phones: int, first: int) -> int:
    failed = []
    began = time.monotonic()
    with TemporaryDirectory() as folder, launched_browser() as browser:
        server = Server(Path(folder)).start()
        try:
            with turning(server, tls=own_certificate()) as network:
                for seed in range(first, first + phones):
                    try:
                        try_seed(seed, browser, server, *network)
                    except AssertionError as fault:
                        failed.append(seed)
                        print(fault, flush=True)
        finally:
            server.stop()
    seconds = time.monotonic() - began
    print(f"{phones} phones from seed {first} in {seconds:.0f} s, {len(failed)} with a fault: {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [300, 1][len(given) :])))
