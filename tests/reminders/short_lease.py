"""`acupwa` whose runner looks often and has people for a few seconds only: what comes after a lease comes soon."""

from __future__ import annotations

import sys
from datetime import timedelta

from acupwa.operate import reminding
from acupwa.operate.cli import main
from acupwa.reminders import looking_service

LEASE = timedelta(seconds=8)

if __name__ == "__main__":
    looking_service.LEASE = reminding.LEASE = LEASE
    reminding.PAUSE_SECONDS = 1.0
    # However slow this machine is, one is in hand at a time.
    reminding.TURN_SECONDS = 5.0
    sys.exit(main())
