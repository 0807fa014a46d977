"""Where templates and static files are: beside `src/` in a checkout, inside the package in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def _folder(name: str) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _CHECKOUT / name


TEMPLATES = _folder("templates")
STATIC = _folder("static")


def drawing_names() -> frozenset[str]:
    """The drawings that pages may name."""
    return frozenset(file.stem for file in (TEMPLATES / "components" / "figures").glob("*.svg"))
