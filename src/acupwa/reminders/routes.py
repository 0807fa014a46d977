"""The addresses that write about reminders; their page stands in `page_routes.py`."""

from datetime import timedelta

from litestar import Router, post

from acupwa.db.work import away
from acupwa.person.cookie import PersonDep, need_id, token_of
from acupwa.reminders.delivery_service import deliver
from acupwa.reminders.forms import (
    CHOICE_FIELDS,
    END_FIELDS,
    SUBSCRIPTION_FIELDS,
    not_wanted,
    read_browser,
    read_choices,
    too_many_devices,
    unknown_service,
)
from acupwa.reminders.model import Choices
from acupwa.reminders.page_routes import REMINDERS, show_faults, show_reminders
from acupwa.reminders.service import (
    book_test,
    drop_browsers,
    end_reminders,
    make_sender,
    put_choices,
    subscribe,
    unsubscribe,
)
from acupwa.reminders.wire import ToSend
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, NowDep, PushDep, SettingsDep, WorkDep
from acupwa.web.push import Push
from acupwa.web.push_message import Browser
from acupwa.web.refused import Refused, has_only, read_declared
from acupwa.web.rendering import go_to

_TEST_FOR = timedelta(hours=1)


@post(REMINDERS, name="reminders.keep_choices", status_code=303)
async def keep_choices(request: AnyRequest, settings: SettingsDep, work: WorkDep, person: PersonDep) -> Answer:
    form = await read_declared(request, CHOICE_FIELDS)
    choices = read_choices(form)
    if not isinstance(choices, Choices):
        return await show_faults(request, work, person, form, choices, sends=settings.reminders)
    await work(put_choices, need_id(person), choices)
    return go_to(request, f"{REMINDERS}?done=kept")


@post(f"{REMINDERS}/subscription", name="reminders.subscribe", status_code=303)
async def keep_subscription(request: AnyRequest, work: WorkDep, push: PushDep, person: PersonDep) -> Answer:
    """A browser that was asked, and let us send to it. Raises Refused."""
    person_id, form = need_id(person), await read_declared(request, SUBSCRIPTION_FIELDS)
    browser = _browser_of(form, push)
    found = await work(subscribe, person_id, browser, token_of(request), again=bool(form.one("again")))
    if found:
        raise Refused(form, (too_many_devices() if found == "too-many" else not_wanted(),))
    return go_to(request, f"{REMINDERS}?done=subscribed")


@post(f"{REMINDERS}/subscription/end", name="reminders.unsubscribe", status_code=303)
async def end_subscription(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    form = await read_declared(request, END_FIELDS)
    await work(unsubscribe, need_id(person), form.one("endpoint"))
    return go_to(request, f"{REMINDERS}?done=ended")


@post(f"{REMINDERS}/test", name="reminders.test", status_code=303, guards=[has_only()])
async def send_test(
    request: AnyRequest, work: WorkDep, push: PushDep, settings: SettingsDep, person: PersonDep, now: NowDep
) -> Answer:
    """To all phones of the person; `untested` when no push service took it. Raises TooMany."""
    person_id = need_id(person)
    browsers = await work(book_test, person_id)
    sender = await work(make_sender, settings.vapid_subject)
    with away():
        delivered = await deliver(ToSend(says="test", ends=now + _TEST_FOR), browsers, sender, push, now)
    request.app.state.metrics.count_reminders(sent=delivered.sent, faults=delivered.faults)
    await work(drop_browsers, person_id, delivered.gone)
    return go_to(request, f"{REMINDERS}?done={'tested' if delivered.sent else 'untested'}")


@post(f"{REMINDERS}/end", name="reminders.end", status_code=303, guards=[has_only()])
async def end_all(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    await work(end_reminders, need_id(person))
    return go_to(request, f"{REMINDERS}?done=ended")


def _browser_of(form: FormData, push: Push) -> Browser:
    """Raises Refused."""
    browser = read_browser(form)
    if not isinstance(browser, Browser):
        raise Refused(form, browser)
    if not push.may_go_to(browser.endpoint):
        raise Refused(form, (unknown_service(),))
    return browser


router = Router(
    "/", route_handlers=[show_reminders, keep_choices, keep_subscription, end_subscription, send_test, end_all]
)
