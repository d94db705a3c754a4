"""What the pages of a session show: words and lists for the components, built from one record."""

from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.models import Participant
from clinic.permissions import Action, may_at
from clinic.services.participants import read_identity
from sessions.models import Session
from sessions.record import read_record
from sessions.services.signing import signatures_missing
from sessions.shown import Shown
from sessions.unauthorised import deviations, overridden

COLUMNS = {
    "room": lambda: [_("Came"), _("Person"), _("Part"), _("Left"), _("Entered by"), _("State")],
    "setting": lambda: [_("Time"), _("Place"), _("Room"), _("Music"), _("Entered by"), _("State")],
    "vitals": lambda: [
        _("Time"),
        _("Pressure, mmHg"),
        _("Pulse, /min"),
        _("Temperature, °C"),
        _("Saturation, %"),
        _("Entered by"),
        _("State"),
    ],
    "doses": lambda: [
        _("Time"),
        _("Dose of the session"),
        _("Amount"),
        _("Substance"),
        _("Lot"),
        _("Given by"),
        _("Second person"),
        _("Entered by"),
        _("State"),
    ],
    "signatures": lambda: [_("Name"), _("Meaning"), _("Signed"), _("State")],
}


def back_url(participant_id: UUID) -> str:
    """The participant's page; it belongs to the layer above and is known by name alone."""
    return reverse("outcomes:participant", kwargs={"pk": participant_id})


def entry_context(request, session: Session, title: str, submit: str) -> dict:
    """The frame of a form that belongs to a session."""
    return {
        **identity_of(request, session.participant),
        "session": session,
        "participant": session.participant,
        "title": title,
        "submit": submit,
        "back": reverse("sessions:session", args=[session.pk]),
        "back_label": session.get_kind_display(),
    }


def identity_of(request, participant: Participant) -> dict:
    """Preferred name and birth date for those who may see them; each reading leaves an access event."""
    if not may_at(request.user, Action.READ_IDENTITY, participant.site_id):
        return {}
    found = read_identity(by=request.user, participant=participant, purpose=request.path)
    birth = found.get("birth_date")
    return {
        "preferred_name": found.get("preferred_name", ""),
        "birth_date": date.fromisoformat(birth) if birth else None,
    }


def open_context(request, participant: Participant) -> dict:
    """The frame of the form that opens a session."""
    return {
        **identity_of(request, participant),
        "participant": participant,
        "title": _("Open a session"),
        "submit": _("Open"),
        "back": back_url(participant.pk),
        "back_label": participant.code,
    }


def session_context(request, session: Session) -> dict:
    """Everything on the session page."""
    record = read_record(session.pk)
    shown = Shown(request.user, session, record)
    return {
        "session": session,
        "participant": session.participant,
        **identity_of(request, session.participant),
        "back": back_url(session.participant_id),
        "facts": shown.facts(),
        "room": shown.room(),
        "vitals": shown.vitals(),
        "doses": shown.doses(),
        "setting": shown.setting(),
        "notes": shown.notes(),
        "changes": shown.changes(),
        "signatures": shown.signatures(),
        "deviations": deviations(shown),
        "overridden": overridden(record),
        "missing": signatures_missing(session, record),
        "signed_before": bool(record.raw["signature"]),
        "may": shown.may,
        "columns": columns(),
    }


def columns() -> dict[str, list[dict]]:
    """The heads of the tables."""
    return {
        name: [{"label": label, "number": False} for label in labels()] for name, labels in COLUMNS.items()
    }
