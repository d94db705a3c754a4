"""Many rows at once, past the services: as many as a long course leaves behind."""

from datetime import datetime, timedelta
from types import SimpleNamespace

from clinic.models import Consent, Enrolment
from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.services.participants import keys_of, new_person
from clinic.storing import insert_together
from outcomes.models import Assessment, CheckIn, Export, ImportedFile
from sessions.models import (
    Attendance,
    DoseAdministration,
    EligibilityDecision,
    LogEntry,
    Medication,
    ScreeningFinding,
    Session,
    Setting,
    VitalSign,
)
from tests import make


def fill(rows: SimpleNamespace, number: int, now: datetime) -> None:
    """So many rows of every kind that a page lists, at one site; each minute of the past has one."""
    times = [now - timedelta(minutes=minute % 100) for minute in range(number)]
    with rows_of([rows.site.pk], "tests"):
        fill_session(rows, times)
        fill_course(rows, times)
        fill_screening(rows, times)
        fill_lists(rows, times)
    for _time in times:
        make.user(f"{make.new_id()}@{rows.site.slug}.example", Role.SCHEDULER, rows.site)


def fill_session(rows: SimpleNamespace, times: list[datetime]) -> None:
    """Every kind of entry of one session."""
    lead, key = rows.therapist, keys_of(rows.participant.pk)
    common = {"site_id": rows.site.pk, "session_id": rows.session.pk, "recorded_by": lead}
    notes = [LogEntry(**common, occurred_at=at) for at in times]
    for note in notes:
        note.text_sealed = key.seal("Calm.", note, "text_sealed")
    LogEntry.objects.bulk_create(notes)
    kinds = {
        VitalSign: {"pulse_bpm": 70},
        Attendance: {"person": lead, "part": "lead"},
        Setting: {"place": "room"},
        DoseAdministration: {"part": "initial", "substance": "MDMA", "dose_mg": 80, "given_by": lead},
    }
    for model, facts in kinds.items():
        model.objects.bulk_create([model(**common, occurred_at=at, **facts) for at in times])


def fill_course(rows: SimpleNamespace, times: list[datetime]) -> None:
    """Sessions, sittings, check-ins and consents of one participant."""
    site, lead, enrolment = rows.site.pk, rows.therapist, rows.enrolment
    of_person = {"site_id": site, "participant": rows.participant}
    of_course = {"site_id": site, "enrolment": enrolment}
    Session.objects.bulk_create(
        Session(
            **of_person, enrolment=enrolment, kind="dosing", opened_by=lead, occurred_at=at, ended_at=ended
        )
        for at in times
        for ended in (at, None)
    )
    sitting = {"instrument": "phq9", "version": "1", "mode": "staff", "recorded_by": lead, "score": 9}
    Assessment.objects.bulk_create(Assessment(**of_course, **sitting, occurred_at=at) for at in times)
    said = {"recorded_by": lead, "source": "interview", "catalogue": "2", "value": "never"}
    ScreeningFinding.objects.bulk_create(
        ScreeningFinding(**of_course, **said, factor="thyroid", occasion=occasion, occurred_at=at)
        for at in times
        for occasion in ("baseline", "month6")
    )
    CheckIn.objects.bulk_create(
        CheckIn(**of_course, token_digest=make.new_id(), made_by=lead, expires_at=at) for at in times
    )
    Consent.objects.bulk_create(
        Consent(**of_person, kind="touch", text_version="1", given_at=at, withdrawn_at=at) for at in times
    )


def fill_screening(rows: SimpleNamespace, times: list[datetime]) -> None:
    """Findings, medicines and decisions of one enrolment."""
    common = {"site_id": rows.site.pk, "enrolment": rows.enrolment, "recorded_by": rows.therapist}
    asked = {"factor": "housing", "catalogue": "1", "occasion": "baseline", "source": "interview"}
    ScreeningFinding.objects.bulk_create(
        ScreeningFinding(**common, **asked, value="none", occurred_at=at) for at in times
    )
    Medication.objects.bulk_create(Medication(**common, name="Sertraline", occurred_at=at) for at in times)
    kept = ("protocol_id", "rules", "rationale_sealed", "evidence", "sha256")
    former = {name: getattr(rows.decision, name) for name in kept}
    EligibilityDecision.objects.bulk_create(
        EligibilityDecision(**common, **former, outcome="not-eligible", reasons=["other"], occurred_at=at)
        for at in times
    )


def fill_lists(rows: SimpleNamespace, times: list[datetime]) -> None:
    """Participants with their enrolments, imports and exports of one site."""
    of_programme = {"site_id": rows.site.pk, "programme": rows.programme}
    details = {"preferred_name": "Wren", "birth_date": "1984-05-17"}
    found = [new_person(site=rows.site, details=details) for _time in times]
    insert_together([row for person in found for row in person])
    people = [participant for participant, _key, _identity in found]
    Enrolment.objects.bulk_create(
        Enrolment(**of_programme, participant=person, enrolled_on=at.date())
        for person, at in zip(people, times, strict=True)
    )
    by = rows.people[Role.COORDINATOR]
    ImportedFile.objects.bulk_create(
        ImportedFile(
            **of_programme,
            by=by,
            file_name="a.csv",
            file_sha256="0" * 64,
            counts=make.COUNTS,
            measures=make.MEASURES,
        )
        for _time in times
    )
    Export.objects.bulk_create(
        Export(**of_programme, by=by, profile="limited", manifest={}) for _time in times
    )
