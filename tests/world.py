"""A site with somebody in every role and one row of each kind, and the address of every route at it."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from clinic.models import Membership
from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.services import participants
from outcomes.services.check_ins import make_check_in
from sessions.services import dosing, sessions
from sessions.services.findings import Answer, record_finding
from sessions.services.medicines import record_medicine
from tests import grid, make

NOBODYS = UUID("01900000-0000-7000-8000-000000000000")


def world(slug: str, settings) -> SimpleNamespace:
    """The site. Links may be made there, as in the demo."""
    settings.DEMO = True
    site = make.site(slug, slug.title())
    people = {role: make.user(f"{role.value}@{slug}.example", role, site) for role in Role}
    lead, colleague = people[Role.THERAPIST], people[Role.PHARMACIST]
    programme = make.programme(site)
    participant = make.participant(site, by=lead)
    enrolment = make.enrolment(participant, programme, by=lead)
    draft, imported = make.imports(people[Role.COORDINATOR], programme)
    return SimpleNamespace(
        site=site,
        people=people,
        therapist=lead,
        colleague=colleague,
        membership=Membership.objects.get(user=colleague),
        programme=programme,
        second=make.programme(site, code="SECOND"),
        participant=participant,
        enrolment=enrolment,
        draft=draft,
        imported=imported,
        **happened(lead, participant, enrolment),
    )


def happened(lead, participant, enrolment) -> dict:
    """What was recorded of one person in the last hours: by name, as the grid's rows have it."""
    at = timezone.now() - timedelta(hours=2)
    with rows_of([participant.site_id]):
        session = sessions.open_session(by=lead, enrolment=enrolment, kind="dosing", occurred_at=at)
        closed = sessions.open_session(by=lead, enrolment=enrolment, kind="integration", occurred_at=at)
        sessions.close_session(by=lead, session=closed, ended_at=timezone.now() - timedelta(minutes=5))
        check_in, secret = make_check_in(by=lead, enrolment=enrolment, hours=4)
        return {
            "session": session,
            "closed": closed,
            "check_in": check_in,
            "secret": secret,
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
            "consent": participants.record_consent(
                by=lead, participant=participant, kind="treatment", text_version="1", given_at=at
            ),
        }


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
    """The id of one of the rows."""
    return getattr(rows, kind).pk if rows else NOBODYS
