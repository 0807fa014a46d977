"""What a server may write to its log."""

import json

_AT_START = ("Acupwa is on", "Set up your clinic: ", "Context impl", "Will assume", "Running upgrade")


def is_fault(line: str) -> bool:
    """All that may not stand there."""
    if not line.startswith("{"):
        return bool(line) and not line.startswith(_AT_START)
    return bool(json.loads(line)["level"] == "error")
