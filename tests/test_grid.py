"""Every route, method and role, at one's own site, at another, and at none; in both layers."""

import pytest
from django.test import Client

from clinic import permissions
from clinic.permissions import GRANTS, Role
from tests import grid
from tests.world import address, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
OBJECTS = sorted(name for name, route in grid.ROUTES.items() if route.of)
TESTED = sorted(name for name, route in grid.ROUTES.items() if not name.startswith("check-in:"))


@pytest.fixture
def harbour(settings, db):
    return world("harbour", settings)


@pytest.fixture
def hill(settings, db):
    return world("hill", settings)


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
    if not grid.opens(needed, role):
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
