"""Named clinicians on pages and on /about: only where there are some."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from acupwa.library.model import Library, Reviewer
from acupwa.reading.reviewers import all_reviews, reviews_of
from tests.support.app import fresh_app
from tests.support.client import Client
from tests.support.content import make_library, make_page
from tests.support.database import migrate

OKAFOR = Reviewer(
    id="okafor", name="Dr Ada Okafor", role="rheumatologist", date=date(2026, 11, 20),
    interests="none declared.", pages=("a-page",),
)  # fmt: skip
ROY = Reviewer(id="roy", name="Sam Roy", role="nurse", date=date(2026, 10, 1), interests="teaches acupuncture")


@pytest.fixture
def filled_client(settings: Any, library: Library, clock: Any, loop: Any) -> Any:
    """The app as it ships, with one reviewer more."""
    filled = msgspec.structs.replace(
        library, reviewers={"okafor": msgspec.structs.replace(OKAFOR, pages=("ra-overview",))}
    )
    migrate(settings.database_url)
    app = fresh_app(settings, filled, clock)
    yield Client(app, loop)
    app.inner.state.work.close()


def test_a_page_names_who_read_it_and_says_when_it_has_changed_since():
    library = msgspec.structs.replace(
        make_library(pages=(make_page(), make_page("other"))), reviewers={"roy": ROY, "okafor": OKAFOR}
    )

    assert reviews_of(library, "a-page") == (
        "Reviewed by Dr Ada Okafor, rheumatologist, 20 November 2026. Interests: none declared.",
        "Reviewed by Sam Roy, nurse, 1 October 2026. Interests: teaches acupuncture. The page has changed since then.",
    )
    assert len(reviews_of(library, "other")) == 1, "no pages named: every page"
    assert len(all_reviews(library)) == 2


def test_with_a_reviewer_the_page_and_about_say_so(filled_client):
    said = "Reviewed by Dr Ada Okafor, rheumatologist"

    assert said in filled_client.get("/read/ra-overview").text
    assert said not in filled_client.get("/read/ms-overview").text
    about = filled_client.get("/about").text
    assert said in about
    assert "not yet been reviewed" not in about


def test_as_shipped_nobody_is_named_and_about_says_that(client, library):
    assert library.reviewers == {}
    assert "Reviewed by" not in client.get("/read/ra-overview").text
    assert "not yet been reviewed by a named clinician" in client.get("/about").text
