"""Requests of a page that the test keeps back, as a slow network does."""

from __future__ import annotations

from typing import Any


class HeldBack:
    """Keeps back what fits `pattern`, until `let_go`: what was asked for by then, and all that comes after it.

    A page that is being left may still ask for the same file: who lets go of the requests seen so far alone would
    let the old page's go and keep the new one's for ever.
    """

    def __init__(self, page: Any, pattern: str) -> None:
        self._page = page
        self._routes: list[Any] = []
        self._open = False
        page.route(pattern, self._take)

    def _take(self, route: Any) -> None:
        if self._open:
            route.continue_()
        else:
            self._routes.append(route)

    def wait(self) -> None:
        """Until the page has asked for it."""
        for _ in range(1_500):
            if self._routes:
                return
            self._page.wait_for_timeout(20)
        raise AssertionError("not asked for within thirty seconds")

    def let_go(self) -> None:
        self._open = True
        for route in self._routes:
            route.continue_()
        self._routes.clear()
