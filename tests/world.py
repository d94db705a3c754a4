"""A site with somebody in every role and one row of each kind, and the address of every route at it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from clinic.models import Membership, Signature
from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.services.participants import keys_of
from clinic.services.understanding import start_understanding
from outcomes.services.assessments import record_assessment
from outcomes.services.check_ins import make_check_in
from sessions.models import DoseDeviation, GateOverride, Session
from sessions.services import dosing, sessions
from sessions.services.findings import Answer, record_finding
from sessions.services.medicines import record_medicine
from tests import grid, make, screened

NOBODYS = UUID("01900000-0000-7000-8000-000000000000")


def world(slug: str, settings) -> SimpleNamespace:
    """The site. Links may be made there, as in the demo."""
    settings.DEMO = True
    site = make.site(slug, slug.title())
    people = {role: make.user(f"{role.value}@{slug}.example", role, site) for role in Role}
    lead, colleague = people[Role.THERAPIST], people[Role.PHARMACIST]
    programme = make.programme(site)
    participant = make.participant(site, by=lead)
    return SimpleNamespace(
        site=site,
        people=people,
        therapist=lead,
        colleague=colleague,
        membership=Membership.objects.get(user=colleague),
        programme=programme,
        second=make.programme(site, code="SECOND"),
        participant=participant,
        **agreed(participant, lead),
        permission=permitted(people[Role.ADMINISTRATOR], site),
        **course(people, participant, programme),
    )


def beside(rows: SimpleNamespace) -> SimpleNamespace:
    """The same site and person in its second programme: a course of its own, and one more programme to enrol in."""
    third = make.programme(rows.site, code="THIRD")
    other = course(rows.people, rows.participant, rows.second)
    return SimpleNamespace(**{**vars(rows), "programme": rows.second, "second": third, **other})


def agreed(participant, lead) -> dict:
    """Consents that are in force, and the questions about the treatment, just begun."""
    consent = make.consent(participant, "treatment", by=lead, minutes_ago=120)
    with rows_of([participant.site_id]):
        understanding = start_understanding(by=lead, consent=consent)
    return {"consent": consent, "touch": make.consent(participant, by=lead), "understanding": understanding}


def course(people, participant, programme) -> dict:
    """One row of each kind that hangs on a programme."""
    lead = people[Role.THERAPIST]
    protocol = screened.protocol(programme)
    enrolment = make.enrolment(participant, programme, by=lead)
    draft, imported = make.imports(people[Role.COORDINATOR], programme)
    return {
        "protocol": protocol,
        "enrolment": enrolment,
        "draft": draft,
        "imported": imported,
        "exported": make.export(people[Role.COORDINATOR], programme),
        **happened(lead, people[Role.PHYSICIAN], participant, enrolment),
        **judged(people, enrolment),
    }


def happened(lead, physician, participant, enrolment) -> dict:
    """What was recorded of one person in the last hours: by name, as the grid's rows have it."""
    at = timezone.now() - timedelta(hours=2)
    with rows_of([participant.site_id]):
        session = sessions.open_session(by=lead, enrolment=enrolment, kind="dosing", occurred_at=at)
        check_in, secret = make_check_in(by=lead, enrolment=enrolment, hours=4)
        tablet, _other = make_check_in(by=lead, enrolment=enrolment, hours=2, way="tablet")
        return {
            "session": session,
            "closed": ended(lead, enrolment, at),
            "signed": signed(lead, ended(lead, enrolment, at)),
            "check_in": check_in,
            "secret": secret,
            "override": overridden(physician, session),
            "deviation": unauthorised(lead, session),
            "tablet": tablet,
            "assessment": record_assessment(
                by=lead, enrolment=enrolment, instrument="phq9", mode="staff", answers={"item_9": 1}
            ),
            "vitals": dosing.record_vitals(
                by=lead, session=session, occurred_at=timezone.now(), pulse_bpm=70
            ),
            "finding": record_finding(
                by=lead,
                enrolment=enrolment,
                occasion="baseline",
                occurred_at=at,
                answer=Answer(factor="weight", source="measurement", value="62"),
            ),
            "medicine": record_medicine(by=lead, enrolment=enrolment, name="sertraline", occurred_at=at),
        }


def overridden(physician, session: Session) -> GateOverride:
    """An override that a physician asked for and signed."""
    facts = {"conditions": ["escort"], "facts": [{"title": "Escort", "why": "Not asked"}], "sha256": "1" * 64}
    key, row = (
        keys_of(session.participant_id),
        GateOverride(site_id=session.site_id, session=session, **facts),
    )
    row.recorded_by, row.occurred_at = physician, timezone.now()
    row.reason_sealed = key.seal("Weighed by the team.", row, "reason_sealed")
    row.save(force_insert=True)
    said = {"record": "gate-override", "record_id": row.pk, "meaning": "author", "record_sha256": row.sha256}
    Signature.objects.create(site_id=row.site_id, signer=physician, signer_name=str(physician), **said)
    return row


def unauthorised(lead, session: Session) -> DoseDeviation:
    """A dose that nobody authorised."""
    facts = {"dose_mg": 40, "substance": "MDMA", "part": "initial", "given_by": lead}
    given = dosing.record_dose(by=lead, session=session, occurred_at=timezone.now(), **facts)
    return DoseDeviation.objects.get(pk=given.pk)


def permitted(administrator, site):
    """The clinic's permission for a text that is held back."""
    with rows_of([site.pk]):
        return make.permission(site, by=administrator, key="cssrs_screener")


def ended(lead, enrolment, at) -> Session:
    """A session that is closed."""
    made = sessions.open_session(by=lead, enrolment=enrolment, kind="integration", occurred_at=at)
    return sessions.close_session(by=lead, session=made, ended_at=timezone.now() - timedelta(minutes=5))


def signed(lead, session: Session) -> Session:
    """A session that is signed; asking for the password would take longer than everything else here."""
    said = {"record": "session", "record_id": session.pk, "meaning": "author", "record_sha256": "0" * 64}
    Signature.objects.create(site_id=session.site_id, signer=lead, signer_name=str(lead), **said)
    return session


def judged(people, enrolment) -> dict:
    """A finding that excludes, and a decision for eligible that waits for a second person."""
    physician = people[Role.PHYSICIAN]
    found = {}
    found["excluding"] = screened.finding(enrolment, "psychotic_disorder", "past", by=physician)
    override = {"overridden": ["rule.psychotic_disorder"], "override_reason": "One episode, under a steroid"}
    found["decision"] = screened.decision(
        enrolment, by=physician, outcome="eligible", physician=physician, **override
    )
    return found


def address(name: str, rows: SimpleNamespace | None) -> str:
    """The address of a route for one site's rows; for nobody's where there are none."""
    route = grid.ROUTES[name]
    ids = {part: part_of(rows, source) for part, source in route.more.items()}
    if route.of:
        kind, _as, key = route.of.partition(" as ")
        ids[key or "pk"] = id_of(rows, kind)
    return reverse(name, kwargs=ids)


def part_of(rows: SimpleNamespace | None, source: str) -> str | UUID:
    """A further part of an address: as it stands after "=", else the id of one of the rows."""
    return source[1:] if source.startswith("=") else id_of(rows, source)


def id_of(rows: SimpleNamespace | None, kind: str) -> UUID:
    """The id of one of the rows; a link's secret stands for itself."""
    row = getattr(rows, kind) if rows else NOBODYS
    return getattr(row, "pk", row)
