"""A page's write: the form parses, `once` guards against the second click, the service does it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from clinic.services.signing import Throttled, WrongAnswer, count_wrong
from clinic.views import errors
from clinic.writes import WriteConflict, once


def stored(
    request,
    form: forms.Form,
    *,
    action: str,
    site_id: UUID,
    work: Callable[[], object],
    secret: tuple[str, ...] = (),
    about: UUID | None = None,
) -> bool:
    """Whether the form was stored, now or by an earlier click. What the service refuses is put onto the form.

    `secret` names fields that no digest may be made of, such as a password. `about` is the row that the form
    belongs to: one id must not write to two of them. Raises WriteConflict and Throttled: pages of their own.
    """
    if not form.is_valid():
        return False
    body = body_of(form, secret, about)
    try:
        once(
            id=form.cleaned_data["id"], by=request.user, site_id=site_id, action=action, body=body, work=work
        )
    except ValidationError as refused:
        if isinstance(refused, WrongAnswer):
            count_wrong(refused)
        blame(form, refused)
        return False
    return True


def body_of(form: forms.Form, secret: tuple[str, ...], about: UUID | None) -> dict[str, str]:
    """What tells one write from another: every value but the id and what is secret, and the row it is about."""
    left_out = {"id", *secret}
    values = {name: value for name, value in form.cleaned_data.items() if name not in left_out}
    body = {name: str(getattr(value, "pk", value)) for name, value in values.items()}
    return body if about is None else {**body, "about": str(about)}


def blame(form: forms.Form, refused: ValidationError) -> None:
    """Put a service's messages beside the fields they name; the others on top."""
    by_field = (
        refused.error_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.error_list}
    )
    for field, problems in by_field.items():
        form.add_error(field if field in form.fields else None, problems)


def status_of(form: forms.Form) -> int:
    """400 for a form that was refused, so that machines can tell; 200 for a fresh one."""
    return 400 if form.is_bound and form.errors else 200


class RefusalPages:
    """What no form can mend is a page that says what to do: a write's id used for something else is 409, guessing 429."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        """The page for a conflict or for guessing; everything else goes on."""
        if isinstance(error, Throttled):
            return errors.too_many(request, error)
        return errors.conflict(request) if isinstance(error, WriteConflict) else None
