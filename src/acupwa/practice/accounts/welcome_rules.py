"""What a one-time link may put away. Pure."""

from __future__ import annotations

from collections.abc import Collection

from acupwa.practice.accounts.model import OneTime, WaysIn


def lacks_second(link: OneTime, ways: WaysIn, keep: Collection[str]) -> bool:
    """Whether the clinic asks for a second factor, and the last one there is would go by a link that anyone who reads the
    mailbox can ask for.
    """
    if not link.keeps_second or link.practitioner.by_app or not ways.passkeys:
        return False
    return not any(str(one.id) in keep for one in ways.passkeys)
