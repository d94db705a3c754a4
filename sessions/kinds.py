"""The kinds of entry: which form takes one, which service records it, and who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.permissions import Action
from clinic.selectors import people_at
from sessions.forms import entries as forms
from sessions.models import Attendance, DoseAdministration, LogEntry, Session, Setting, VitalSign
from sessions.models.sessions import SessionRow
from sessions.services import dosing, sessions
from sessions.services.gate import unused_authorisations


@dataclass(frozen=True)
class Kind:
    """One kind of entry."""

    name: str
    title: Promise
    model: type[SessionRow]
    form: type[forms.EntryForm]
    record: Callable
    action: Action = Action.RECORD_SESSION
    names_people: bool = False
    names_decisions: bool = False

    def choices(self, session: Session, sent: Mapping | None = None) -> dict[str, dict]:
        """What its form and its body let be chosen: the people of the site, the authorisations of the session.

        `sent` is what was sent: no authorisation is read where none is named.
        """
        offered: dict[str, dict] = {}
        if self.names_people:
            offered["people"] = people_at(session.site_id)
        named = sent is None or sent.get("decision") not in (None, "", "none")
        if self.names_decisions and named:
            offered["decisions"] = unused_authorisations(session.pk)
        return offered


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "attendance",
            _("Record who is in the room"),
            Attendance,
            forms.AttendanceForm,
            sessions.record_attendance,
            names_people=True,
        ),
        Kind("setting", _("Record the setting"), Setting, forms.SettingForm, sessions.record_setting),
        Kind("notes", _("Write a note"), LogEntry, forms.NoteForm, sessions.write_note),
        Kind("vitals", _("Record vital signs"), VitalSign, forms.VitalsForm, dosing.record_vitals),
        Kind(
            "doses",
            _("Record a dose"),
            DoseAdministration,
            forms.DoseForm,
            dosing.record_dose,
            Action.RECORD_DOSE,
            names_people=True,
            names_decisions=True,
        ),
    )
}
