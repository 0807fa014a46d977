"""`acupwa`, which compresses the library when someone asks for its sizes, and not ahead: seconds of work beside each test."""

from __future__ import annotations

import sys

from acupwa.operate import serve
from acupwa.operate.cli import main

if __name__ == "__main__":
    serve._measure_soon = lambda app: None  # type: ignore[assignment]
    sys.exit(main())
