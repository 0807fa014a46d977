"""Where the parts of the repository stand."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "acupwa"
TEMPLATES = ROOT / "templates"
