"""What a server may write to its log."""

import json

_AT_START = ("Acupwa is on", "Context impl", "Will assume", "Running upgrade")


def is_fault(line: str) -> bool:
    """All that may not stand there, but for visitors who went away with half of their words sent."""
    if not line.startswith("{"):
        return bool(line) and not line.startswith(_AT_START)
    told = json.loads(line)
    return told["level"] == "error" and told.get("kind") != "InternalServerException"
