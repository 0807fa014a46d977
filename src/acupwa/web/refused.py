"""A form with fields that it does not have: refused whole, and shown again. What forms have: `declared.py`."""

from typing import Any

from litestar import Response
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from acupwa.web.declared import Declared, fields_of, undeclared
from acupwa.web.forms import FieldError, FormData
from acupwa.web.inject import AnyRequest
from acupwa.web.refused_page import refused_page
from acupwa.web.rendering import read_form, render


class Refused(HTTPException):
    """A form that cannot be read as it stands. Nothing was done with it."""

    status_code = 422

    def __init__(self, form: FormData, errors: tuple[FieldError, ...]) -> None:
        super().__init__()
        self.form = form
        self.errors = errors


async def read_declared(request: AnyRequest, declared: Declared, *needed: str) -> FormData:
    """The posted fields. Raises Refused for what is not declared, and for a `needed` field that is not there."""
    return need_declared(await read_form(request), declared, *needed)


def need_declared(form: FormData, declared: Declared, *needed: str) -> FormData:
    errors = undeclared(form, declared, needed)
    if errors:
        raise Refused(form, errors)
    return form


def has_only(*names: str) -> Guard:
    """For a form of buttons alone, whose handler reads no field, or only these: any other is refused all the same.

    Whoever sends one means more than the button does: a part of it, or another way.
    """

    async def read(request: Any, _handler: BaseRouteHandler) -> None:
        await read_declared(request, fields_of(*names))

    return read


def show_refused(request: AnyRequest, refused: Refused) -> Response[bytes]:
    return render(request, refused_page(refused.errors, refused.form), status_code=refused.status_code)
