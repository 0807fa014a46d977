"""The types of what a handler gets: one spelling each.

Whom the request is from stands where it is known: `person.cookie.PersonDep`, `practice.accounts.cookie.Who`.
"""

from datetime import date, datetime
from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.settings import Settings
from acupwa.web.mail import Mail
from acupwa.web.push import Push

AnyRequest = Request[Any, Any, Any]
Answer = Response[Any]
WorkDep = NamedDependency[Work]
LibraryDep = NamedDependency[Library]
SettingsDep = NamedDependency[Settings]
MailDep = NamedDependency[Mail | None]
PushDep = NamedDependency[Push]
NowDep = NamedDependency[datetime]
TodayDep = NamedDependency[date]
