"""The pages about the app itself. All are public bytes."""

from collections.abc import Iterable

from acupwa.library.model import Library
from acupwa.site.pages import (
    about_page,
    credits_page,
    design_page,
    emergency_page,
    grades_page,
    home_page,
    privacy_page,
)
from acupwa.web.public import PublicPage


def public_pages(library: Library, draft_days: int, person_days: int, backup_days: int) -> Iterable[PublicPage]:
    yield PublicPage("/", home_page(library), offline="first", leads_on="/today")
    yield PublicPage("/emergency", emergency_page(library), offline="first")
    yield PublicPage("/about", about_page(library), offline="library")
    yield PublicPage("/about/grades", grades_page(), offline="library")
    yield PublicPage("/about/design", design_page(library))
    yield PublicPage("/credits", credits_page(library), offline="library")
    yield PublicPage("/privacy", privacy_page(draft_days, person_days, backup_days), offline="library")
