"""What a machine may read of a page: schema.org `MedicalWebPage`, with true fields only. Pure.

Nobody is named as a medical reviewer: `lastReviewed` says when the page was last checked against its sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

CONTENT_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def structured_data(
    *,
    name: str,
    description: str,
    language: str,
    reviewed: date,
    conditions: Sequence[str],
    address: str | None,
) -> str:
    """JSON-LD that may stand between `<script>` tags. `address` is left out where it is not known."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": name,
        "description": description,
        "inLanguage": language,
        "dateModified": reviewed.isoformat(),
        "lastReviewed": reviewed.isoformat(),
        "license": CONTENT_LICENCE,
        "isAccessibleForFree": True,
        "audience": {"@type": "Patient"},
    }
    if conditions:
        data["about"] = [{"@type": "MedicalCondition", "name": condition} for condition in conditions]
    if address:
        data["url"] = address
    text = msgspec.json.encode(data).decode()
    # No character of a page's words may end the element.
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
