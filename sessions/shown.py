"""One session's record as one person sees it: cells, words and states for the components."""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinic.permissions import Action, may_at
from clinic.templatetags.afterward import clock, local, moment, pill, when
from sessions.models import Amendment, LogEntry, Session
from sessions.models.sessions import SessionRow
from sessions.record import ENTRIES, Record

LATE = timedelta(minutes=15)
TABLES = {
    "attendance": "attendance",
    "setting": "setting",
    "note": "notes",
    "vitals": "vitals",
    "dose": "doses",
}


def change_in_words(row: Amendment) -> str:
    """What an amendment did to which kind of entry."""
    entry = {
        ENTRIES[kind]._meta.db_table: label
        for kind, label in (
            ("attendance", _("Attendance")),
            ("setting", _("Setting")),
            ("note", _("Note")),
            ("vitals", _("Vital signs")),
            ("dose", _("Dose")),
        )
    }[row.table]
    if row.old_row is None:
        return _("{entry}: added after signing").format(entry=entry)
    if row.new_row is None:
        return _("{entry}: entered in error").format(entry=entry)
    return _("{entry}: amended").format(entry=entry)


def is_late(row: SessionRow, session: Session) -> bool:
    """Entered long after it happened, or after the session's end."""
    ended = session.ended_at
    return row.recorded_at - row.occurred_at > LATE or (ended is not None and row.recorded_at > ended)


class Shown:
    """One record as one person sees it."""

    def __init__(self, user, session: Session, record: Record):
        self.user, self.session, self.record = user, session, record
        self.signed = bool(record.raw["signature"])
        self.may = {
            "record": may_at(user, Action.RECORD_SESSION, session.site_id) and not self.signed,
            "dose": may_at(user, Action.RECORD_DOSE, session.site_id) and not self.signed,
            "sign": may_at(user, Action.SIGN_SESSION, session.site_id),
        }
        self.may["add"] = self.may["sign"] and self.signed
        self.may["screen"] = session.kind == Session.Kind.DOSING and may_at(
            user, Action.RECORD_SCREENING, session.site_id
        )
        self.may["gate"] = session.kind == Session.Kind.DOSING and may_at(
            user, Action.READ_SCREENING, session.site_id
        )

    def name(self, user_id: UUID | None) -> str | None:
        """Somebody's name."""
        return None if user_id is None else self.record.people.get(user_id, "")

    def facts(self) -> list[tuple]:
        """When, by whom and for which programme."""
        place, session = self.session.site, self.session
        return [
            (_("Began"), when(session.occurred_at, place), ""),
            (_("Ended"), _("Still open") if session.ended_at is None else when(session.ended_at, place), ""),
            (_("Opened by"), self.name(session.opened_by_id), ""),
            (_("Programme"), session.enrolment.programme.name, session.enrolment.programme.code),
        ]

    def table(self, kind: str, cells) -> list[list]:
        """Rows newest first: the time, what `cells` gives, who entered it, and its state."""
        rows = reversed(self.record.rows(kind))
        return [
            [
                self.time_of(row.occurred_at),
                *cells(row),
                self.name(row.recorded_by_id),
                self.state(kind, row),
            ]
            for row in rows
        ]

    def time_of(self, at: datetime) -> SafeString:
        """With its age while the session runs; afterwards the clock alone, and the date where it is another day."""
        place = self.session.site
        if self.session.is_open:
            return when(at, place)
        same_day = local(at, place).date() == local(self.session.occurred_at, place).date()
        return clock(at, place) if same_day else moment(at, place)

    def room(self) -> list[list]:
        """Who is or was in the room."""
        stayed = _("Still there") if self.session.is_open else _("At the end")
        return self.table(
            "attendance",
            lambda row: [
                self.name(row.person_id),
                row.get_part_display(),
                stayed if row.left_at is None else self.time_of(row.left_at),
            ],
        )

    def vitals(self) -> list[list]:
        """Readings with their age."""
        return self.table(
            "vitals",
            lambda row: [
                None if row.systolic_mmhg is None else f"{row.systolic_mmhg}/{row.diastolic_mmhg}",
                row.pulse_bpm,
                row.temperature_c,
                row.spo2_percent,
            ],
        )

    def setting(self) -> list[list]:
        """Where it took place and how the room was."""
        return self.table(
            "setting", lambda row: [row.get_place_display(), row.room or None, row.music or None]
        )

    def doses(self) -> list[list]:
        """Doses that were given."""
        return self.table(
            "dose",
            lambda row: [
                row.get_part_display(),
                f"{row.dose_mg.normalize():f} mg",
                row.substance,
                format_html('<span class="num">{}</span>', row.lot) if row.lot else None,
                self.name(row.given_by_id),
                self.name(row.witnessed_by_id),
            ],
        )

    def state(self, kind: str, row: SessionRow):
        """Late, in error with its reason, and the way to amend."""
        if not row.in_force:
            return format_html("{} {}", pill("error", _("Entered in error")), row.entered_in_error_reason)
        words = {"changed": _("Changed"), "late": _("Late entry")}.get(self.standing(row))
        late = pill("late", words) if words else ""
        return format_html("{} {}", late, self.amend_link(kind, row)) if self.may["sign"] else late

    def amend_link(self, kind: str, row: SessionRow):
        """The way to amend an entry."""
        return format_html('<a class="screen" href="{}">{}</a>', self.amend_url(kind, row), _("Amend"))

    def amend_url(self, kind: str, row: SessionRow) -> str:
        """The page that amends an entry."""
        return reverse("sessions:amend", args=[self.session.pk, TABLES[kind], row.pk])

    def standing(self, row: SessionRow) -> str:
        """In error, changed, late or as it should be."""
        if not row.in_force:
            return "error"
        if row.replaces_id:  # type: ignore[attr-defined]
            return "changed"
        return "late" if is_late(row, self.session) else "saved"

    def notes(self) -> list[dict]:
        """Notes that this person may read, newest first."""
        rows = [
            row for row in self.record.rows("note") if not row.private or row.recorded_by_id == self.user.pk
        ]
        if not rows:
            return []
        key = self.record.key
        return [self.note(row, key.open(row, "text_sealed")) for row in reversed(rows)]

    def note(self, row: LogEntry, text: str) -> dict:
        """One note for the timeline."""
        wrong = not row.in_force
        return {
            "at": row.occurred_at,
            "text": text,
            "by": self.name(row.recorded_by_id),
            "id": row.pk,
            "struck": wrong,
            "state": self.standing(row),
            "note": row.entered_in_error_reason
            if wrong
            else _("private, for you alone")
            if row.private
            else "",
            "url": self.amend_url("note", row) if self.may["sign"] and not wrong else "",
            "action": _("Amend"),
        }

    def changes(self) -> list[dict]:
        """Amendments with their reasons, newest first."""
        return [
            {
                "at": row.recorded_at,
                "text": change_in_words(row),
                "by": self.name(row.by_id),
                "note": row.reason,
                "state": "changed",
            }
            for row in reversed(self.record.rows("amendment"))
        ]

    def signatures(self) -> list[list]:
        """Who signed which version."""
        return [
            [
                row.signer_name,
                row.get_meaning_display(),
                when(row.signed_at, self.session.site),
                self.version(row),
            ]
            for row in self.record.rows("signature")
        ]

    def version(self, row):
        """Whether a signature covers the record as it stands."""
        if row.record_sha256 == self.record.sha256:
            return pill("ok", _("Covers this version"))
        return pill("late", _("Superseded"))
