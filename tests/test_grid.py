"""Every route, method and role, at one's own site, at another, and at none; in both layers."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic import permissions
from clinic.models import Membership
from clinic.permissions import GRANTS, Role
from clinic.rows import rows_of
from clinic.services import participants
from outcomes.services.check_ins import make_check_in
from sessions.services import dosing, sessions
from tests import grid, make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
NOBODYS = UUID("01900000-0000-7000-8000-000000000000")
OBJECTS = sorted(name for name, route in grid.ROUTES.items() if route.of)
TESTED = sorted(name for name, route in grid.ROUTES.items() if not name.startswith("check-in:"))
FREE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def world(slug: str, settings) -> SimpleNamespace:
    """A site with somebody in every role, a participant, and one row of each kind."""
    settings.DEMO = True
    site = make.site(slug, slug.title())
    people = {role: make.user(f"{role.value}@{slug}.example", role, site) for role in Role}
    lead = people[Role.THERAPIST]
    programme = make.programme(site)
    participant = make.participant(site, by=lead)
    enrolment = make.enrolment(participant, programme, by=lead)
    now = timezone.now()
    with rows_of([site.pk]):
        consent = participants.record_consent(
            by=lead, participant=participant, kind="touch", text_version="1", given_at=now
        )
        session = sessions.open_session(by=lead, enrolment=enrolment, kind="dosing", occurred_at=now)
        vitals = dosing.record_vitals(by=lead, session=session, occurred_at=now, pulse_bpm=70)
        check_in, _secret = make_check_in(by=lead, enrolment=enrolment, hours=4)
    colleague = people[Role.PHARMACIST]
    membership = Membership.objects.get(user=colleague)
    draft, imported = make.imports(people[Role.COORDINATOR], programme)
    return SimpleNamespace(
        draft=draft,
        imported=imported,
        site=site,
        people=people,
        participant=participant,
        enrolment=enrolment,
        consent=consent,
        session=session,
        vitals=vitals,
        check_in=check_in,
        colleague=colleague,
        membership=membership,
    )


@pytest.fixture
def harbour(settings, db):
    return world("harbour", settings)


@pytest.fixture
def hill(settings, db):
    return world("hill", settings)


def address(name: str, rows: SimpleNamespace | None) -> str:
    """The address of a route for one site's rows; for nobody's where there are none."""
    route = grid.ROUTES[name]
    if not route.of:
        return reverse(name)
    kind, _as, key = route.of.partition(" as ")
    ids = {key or "pk": id_of(rows, kind)}
    for part, source in route.more.items():
        ids[part] = source[1:] if source.startswith("=") else id_of(rows, source)
    return reverse(name, kwargs=ids)


def id_of(rows: SimpleNamespace | None, kind: str) -> UUID:
    """The id of one of the rows."""
    return getattr(rows, kind).pk if rows else NOBODYS


def opens(needed, role: Role) -> bool:
    """Whether the grid gives this role what a method needs."""
    actions = needed if isinstance(needed, tuple) else (needed,)
    return needed in (grid.PUBLIC, grid.SIGNED_IN) or any(role in GRANTS[action] for action in actions)


def send(client: Client, method: str, url: str) -> int:
    """Send an empty request; what is parsed is asked after permission, so an empty form is 400 for those who may."""
    more = {"content_type": "application/json"} if method == "post" and url.startswith("/api/") else {}
    return getattr(client, method)(url, **more).status_code


def needed_by(name: str) -> dict:
    """Method to what opens it."""
    route = grid.ROUTES[name]
    return {method: getattr(route, method) for method in ("get", "post")}


def test_every_route_has_a_row_and_every_row_a_route():
    assert grid.names() == set(grid.ROUTES)


@pytest.mark.parametrize("name", TESTED)
def test_every_role_is_answered_as_the_grid_says(name, harbour, hill, client_of):
    wrong = []
    for method, needed in needed_by(name).items():
        for role, user in harbour.people.items():
            client = client_of(user)
            wrong += judge(name, method, needed, role, client, harbour, hill)
    assert wrong == []


def judge(name, method, needed, role, client, harbour, hill) -> list[str]:
    """What one role gets for one method, at its own site, another and none; the cells that are wrong."""
    own = send(client, method, address(name, harbour))
    if needed is None:
        return [] if own == 405 else [f"{role} {method}: {own}, not 405"]
    if not opens(needed, role):
        return [] if own == 403 else [f"{role} {method} own: {own}, not 403"]
    cells = (
        []
        if own in {200, 302, 400} or (own, name) == (403, "clinic:today")
        else [f"{role} {method} own: {own}"]
    )
    if grid.ROUTES[name].of:
        for place, rows in (("other", hill), ("none", None)):
            status = send(client, method, address(name, rows))
            cells += [] if status == 404 else [f"{role} {method} {place}: {status}, not 404"]
    return cells


@pytest.mark.parametrize("name", TESTED)
def test_nobody_gets_in_without_signing_in(name, harbour):
    for method, needed in needed_by(name).items():
        if needed in (None, grid.PUBLIC):
            continue
        url = address(name, harbour)
        status = send(Client(), method, url)
        assert status == (401 if url.startswith("/api/") else 302), (method, status)


@pytest.fixture
def unchecked(monkeypatch):
    """Django's own checks, switched off: everybody may do everything everywhere."""
    monkeypatch.setattr("clinic.models.base.permitted_rows", lambda rows, user, action: rows.all())
    everywhere = frozenset(Role)
    for action in list(GRANTS):
        monkeypatch.setitem(permissions.GRANTS, action, everywhere)


@pytest.mark.parametrize(
    "name", [name for name in OBJECTS if grid.ROUTES[name].of not in {"colleague", "membership"}]
)
def test_the_database_alone_gives_no_row_of_another_site(name, harbour, hill, unchecked, client_of):
    client = client_of(hill.people[Role.COORDINATOR])
    for method, needed in needed_by(name).items():
        if needed is not None:
            assert send(client, method, address(name, harbour)) == 404, method
            assert send(client, method, address(name, hill)) != 404, method


@pytest.mark.parametrize("name", [name for name in TESTED if not grid.ROUTES[name].of])
def test_the_database_alone_lists_nothing_of_another_site(name, harbour, hill, unchecked, client_of):
    if needed_by(name)["get"] is None:
        return
    page = client_of(hill.people[Role.THERAPIST]).get(address(name, None))
    body = b"".join(page.streaming_content) if page.streaming else page.content
    assert harbour.participant.code.encode() not in body


@pytest.mark.parametrize("name", TESTED)
def test_a_page_takes_no_more_queries_than_it_may(name, harbour, client_of):
    needed = needed_by(name)["get"]
    if needed is None:
        return
    role = next(role for role in harbour.people if opens(needed, role))
    client, url = client_of(harbour.people[role]), address(name, harbour)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    counted = [
        query["sql"]
        for query in captured
        if not query["sql"].startswith(FREE)
        and "set_config" not in query["sql"]
        and "SESSION AUTHORIZATION" not in query["sql"]
    ]
    assert len(counted) <= grid.ROUTES[name].queries, "\n".join(counted)
