"""The demo clinic as it is stored: accounts, sites, the published table, today's work, and the audit of all of it."""

import csv
from datetime import timedelta
from pathlib import Path
from statistics import mean, stdev

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from clinic.consents.texts import kinds
from clinic.models import Allocation, Consent, Participant, Signature, Site, Understanding
from clinic.models.base import ClinicalRow
from clinic.rows import rows_of
from clinic.services.consents import consent_in_force, reason_of
from clinic.services.demo import DEMO_PASSWORD, PEOPLE
from outcomes.models import Assessment
from outcomes.services.seed import seed_demo
from sessions.gate import State, read_gate
from sessions.models import (
    Attendance,
    DoseAdministration,
    DoseDeviation,
    EligibilityDecision,
    LogEntry,
    Medication,
    Session,
    Setting,
    VitalSign,
)
from sessions.record import read_record
from sessions.services.signing import signatures_missing
from sessions.shown import is_late
from tests.database import database_role

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "mdma_ptsd_metapsy.csv"
WEEKS = {"week4": 4, "week8": 8, "week18": 18}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
CLINICAL = [model for model in apps.get_models() if issubclass(model, ClinicalRow)]
MUST_HOLD = (
    "clinic_participant", "clinic_consent", "clinic_understanding", "clinic_enrolment", "clinic_allocation", "clinic_careteam",
    "therapy_session", "therapy_logentry", "therapy_vitalsign", "therapy_doseadministration",
    "therapy_screeningfinding", "therapy_medication", "therapy_eligibilitydecision", "therapy_dosedecision",
    "outcomes_assessment", "outcomes_checkin",
)  # fmt: skip


def mark(text: str | None) -> None:
    """Say of the test's database what the launcher says of the demo's; the test's end takes it back."""
    with database_role(None), connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [text])


@pytest.fixture
def demo(settings):
    """The demo's database, still empty."""
    settings.DEMO = True
    mark("afterward demo")


def published() -> dict[tuple[str, str], tuple[float, float, float]]:
    """(arm, visit) to n, mean and SD: Mitchell 2021, CAPS-5."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = {
            float(row["time_weeks"].replace(",", ".")): {k: v.replace(",", ".") for k, v in row.items()}
            for row in csv.DictReader(file, delimiter=";")
            if (row["study"], row["instrument"], row["outcome_type"]) == ("Mitchell 2021", "caps-5", "msd")
        }
    found = {}
    for number, arm in ((1, "mdma"), (2, "placebo")):
        start = ("baseline_n_arm", "baseline_m_arm", "baseline_sd_arm")
        found[arm, "baseline"] = tuple(float(rows[4.0][f"{name}{number}"]) for name in start)
        for visit, week in WEEKS.items():
            names = ("n_arm", "mean_arm", "sd_arm")
            found[arm, visit] = tuple(float(rows[float(week)][f"{name}{number}"]) for name in names)
    return found


def stored() -> dict[tuple[str, str], tuple[float, float, float]]:
    """The same table from the database."""
    arms = dict(Allocation.objects.values_list("enrolment_id", "arm"))
    totals: dict[tuple[str, str], list[float]] = {}
    rows = Assessment.objects.in_force().filter(instrument="caps5", enrolment__programme__code="MAPP1")
    for enrolment, visit, score in rows.values_list("enrolment_id", "visit", "score"):
        totals.setdefault((arms[enrolment], visit), []).append(float(score))
    return {key: (len(found), mean(found), stdev(found)) for key, found in totals.items()}


def unaudited() -> dict[str, int]:
    """Clinical tables with rows that did not leave exactly one insert event each, and how many such rows."""
    wrong = {}
    with database_role(None), connection.cursor() as cursor:
        for table in (model._meta.db_table for model in CLINICAL):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE 1 <> (SELECT count(*) FROM clinic_auditevent e"
                " WHERE e.table_name = %s AND e.row_id = t.id::text AND e.operation = 'I')",
                [table],
            )
            wrong[table] = cursor.fetchone()[0]
    return {table: rows for table, rows in wrong.items() if rows}


def sizes() -> dict[str, int]:
    """How many rows each clinical table holds, whatever the site."""
    with database_role(None), connection.cursor() as cursor:
        found = {}
        for table in [*(model._meta.db_table for model in CLINICAL), "clinic_user", "clinic_membership"]:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def unsigned() -> list[Session]:
    """Closed sessions that nobody has signed."""
    signed = Signature.objects.filter(record="session").values("record_id")
    return list(Session.objects.in_force().exclude(ended_at=None).exclude(pk__in=signed))


def check_accounts() -> None:
    """Everybody of the demo's list gets in with its password."""
    assert len(PEOPLE) == 9
    for email, _role, _site in PEOPLE:
        assert authenticate(RequestFactory().post("/"), username=email, password=DEMO_PASSWORD), email


def check_today() -> None:
    """One dosing day runs, one waits at a closed gate, and the record of one closed session was signed by nobody."""
    running = list(Session.objects.in_force().filter(ended_at=None).order_by("occurred_at"))
    assert [(one.kind, one.doseadministration_rows.count()) for one in running] == [
        ("dosing", 1),
        ("dosing", 0),
    ]
    assert all(timedelta(0) < timezone.now() - one.occurred_at < timedelta(hours=6) for one in running)
    closed = {one.key: one.state for one in read_gate(running[1].pk, timezone.now()).closed}
    assert closed == {"fasting": State.RED, "escort": State.UNKNOWN}
    assert [session.kind for session in unsigned()] == ["dosing"]


def check_entry_times() -> None:
    """Entries were made when they say, one of them late and with a reason; every signature came within the hour."""
    rows = [
        row
        for model in (Attendance, Setting, LogEntry, VitalSign, DoseAdministration)
        for row in model.objects.select_related("session")
    ]
    late = [row for row in rows if is_late(row, row.session)]
    assert [(type(row), row.session) for row in late] == [(LogEntry, unsigned()[0])]
    ended = dict(Session.objects.values_list("pk", "ended_at"))
    signed = Signature.objects.filter(record="session").values_list("record_id", "signed_at")
    assert all(at - ended[pk] < timedelta(hours=1) for pk, at in signed)


def check_screening() -> None:
    """Somebody eligible with a caution, one declined, one on a washout calendar; every dose was authorised."""
    decided = EligibilityDecision.objects.in_force()
    assert {one.outcome for one in decided} == {"eligible", "not-eligible"}
    (declined,) = decided.filter(outcome="not-eligible")
    assert declined.reasons == ["rule.psychotic_disorder"]
    cautions = [one for one in decided if '"verdict":"caution"' in one.evidence]
    assert [one.outcome for one in cautions] == ["eligible"]
    assert set(Medication.objects.values_list("name", flat=True)) == {"Sertraline", "Phenergan"}
    assert not DoseDeviation.objects.exists()
    assert DoseAdministration.objects.filter(decision=None).count() == 0


def check_audit() -> None:
    """The audit says who stored all this, and truly when."""
    with database_role(None), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT actor FROM clinic_auditevent")
        assert cursor.fetchall() == [("command:seed_demo",)]
        cursor.execute("SELECT min(recorded_at) FROM clinic_auditevent")
        assert timezone.now() - cursor.fetchone()[0] < timedelta(hours=1)


def check_signatures() -> None:
    """Every dosing day but the one that waits has the two signatures that it needs."""
    waiting = Session.objects.filter(kind="dosing").exclude(ended_at=None).exclude(pk=unsigned()[0].pk)
    assert {signatures_missing(session, read_record(session.pk)) for session in waiting} == {0}


def check_consents() -> None:
    """Everybody in treatment gave every consent; one took a kind of touch back, one missed one question."""
    treated = Participant.objects.filter(enrolments__programme__code="PTSD-CARE")
    assert {person.consents.count() for person in treated} == {len(kinds())}
    (withdrawn,) = Consent.objects.exclude(withdrawn_at=None)
    assert withdrawn.kind == "touch-holding" and reason_of(withdrawn)
    assert list(Understanding.objects.values_list("asked", "score")) == [(8, 7)]
    finished = Participant.objects.filter(enrolments__programme__code="MAPP1")
    now = timezone.now()
    assert all(consent_in_force(person, "research", now) for person in finished)


def check_table() -> None:
    """The ninety of the finished programme give the published table."""
    assert Participant.objects.filter(enrolments__programme__code="MAPP1").distinct().count() == 90
    found, wanted = stored(), published()
    assert found.keys() == wanted.keys()
    for cell, figures in wanted.items():
        assert found[cell] == pytest.approx(figures, abs=0.05), cell


# One test: filling the demo takes long, and every question below is asked of the same rows.
@pytest.mark.data
def test_the_demo_clinic_is_whole_published_audited_and_filled_once(demo):
    assert seed_demo() is True
    before = sizes()
    check_accounts()
    sites = list(Site.objects.order_by("slug"))
    assert [site.slug for site in sites] == ["harbour", "hill"]
    with rows_of([site.pk for site in sites]):
        check_table()
        check_today()
        check_screening()
        check_consents()
        check_entry_times()
        check_signatures()
    check_audit()
    assert all(before[table] for table in MUST_HOLD)
    assert unaudited() == {}
    assert seed_demo() is False
    assert sizes() == before


def test_invented_people_stay_out_of_a_database_that_the_demo_did_not_make(settings):
    settings.DEMO = True
    before = sizes()
    with pytest.raises(ValidationError, match="only into a database that the demo made"):
        seed_demo()
    assert sizes() == before


def test_invented_people_stay_out_where_the_demo_is_off(demo, settings):
    settings.DEMO = False
    with pytest.raises(ValidationError, match="only into a database that the demo made"):
        seed_demo()
    assert not Site.objects.exists()
