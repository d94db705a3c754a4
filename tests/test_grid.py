"""Every route, method and role, at one's own site, at another, and at none; in both layers.

A participant's pages stand apart: a link opens them, and no role does.
"""

from types import SimpleNamespace

import pytest
from django.test import Client

from clinic import permissions
from clinic.permissions import GRANTS, Role
from tests import grid
from tests.world import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
OBJECTS = sorted(name for name, route in grid.ROUTES.items() if route.of)
LINKED = sorted(name for name in grid.ROUTES if name.startswith(grid.BY_LINK))
TESTED = sorted(set(grid.ROUTES) - set(LINKED))


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
            wrong += judge(name, method, needed, role, client_of(user), harbour, hill)
    assert wrong == []


def judge(name, method, needed, role, client, harbour, hill) -> list[str]:
    """What one role gets for one method, at its own site, another and none; the cells that are wrong."""
    own = send(client, method, address(name, harbour))
    right = own_answers(name, needed, role)
    cells = [] if own in right else [f"{role} {method} own: {own}, not {right}"]
    if needed is None or needed == grid.CLOSED or not grid.opens(needed, role):
        return cells
    for place, url in elsewhere(name, harbour, hill).items():
        status = send(client, method, url)
        cells += [] if status == 404 else [f"{role} {method} {place}: {status}, not 404"]
    return cells


def own_answers(name: str, needed, role: Role) -> set[int]:
    """What a role may get at its own site. An empty form is 400 for those who may."""
    if needed is None or needed == grid.CLOSED:
        return {405} if needed is None else {404}
    if not grid.opens(needed, role):
        return {403}
    if (name, role) == ("clinic:today", Role.LEAD):
        return {403}  # No page is this role's yet, and the first page says so.
    return {200, 302, 400} | ({404} if grid.ROUTES[name].absent else set())


def elsewhere(name: str, harbour, hill) -> dict[str, str]:
    """Addresses of another site's rows, of rows that nobody has, and of an own row with another site's below it."""
    route = grid.ROUTES[name]
    if not route.of:
        return {}
    urls = {"other": address(name, hill), "none": address(name, None)}
    for source in route.more.values():
        if not source.startswith("="):
            mixed = SimpleNamespace(**{**vars(harbour), source: getattr(hill, source)})
            urls[f"other {source}"] = address(name, mixed)
    return urls


@pytest.mark.parametrize("name", TESTED)
def test_nobody_gets_in_without_signing_in(name, harbour):
    for method, needed in needed_by(name).items():
        url = address(name, harbour)
        status = send(Client(), method, url)
        assert status in answers_to_nobody(needed, url), (method, status)


def answers_to_nobody(needed, url: str) -> set[int]:
    """What somebody gets who is not signed in: a page that is public, the way to the door, or a refusal."""
    if needed == grid.PUBLIC:
        return {200, 302}
    if needed in (None, grid.CLOSED):
        return {404} if needed else {302, 401, 405}
    return {401} if url.startswith("/api/") else {302}


# Forms of django-allauth take a PUT as a POST.
@pytest.mark.parametrize("name", [name for name in TESTED if not name.startswith(grid.THEIRS)])
def test_no_route_of_ours_has_another_method(name, harbour, client_of):
    first = next(method for method, needed in needed_by(name).items() if needed)
    client, url = client_of(harbour.people[grid.first_who_may(name, first)]), address(name, harbour)
    assert {send(client, method, url) for method in ("put", "patch", "delete")} == {405}


@pytest.fixture
def unchecked(monkeypatch):
    """Django's own checks, switched off: everybody may do everything everywhere."""
    monkeypatch.setattr("clinic.models.base.permitted_rows", lambda rows, user, action: rows.all())
    everywhere = frozenset(Role)
    for action in list(GRANTS):
        monkeypatch.setitem(permissions.GRANTS, action, everywhere)


@pytest.mark.parametrize("name", OBJECTS)
def test_the_database_alone_gives_no_row_of_another_site(name, harbour, hill, unchecked, client_of):
    client = client_of(hill.people[Role.COORDINATOR])
    for method, needed in needed_by(name).items():
        if needed is not None:
            for place, url in elsewhere(name, hill, harbour).items():
                assert send(client, method, url) == 404, (method, place)
            assert send(client, method, address(name, hill)) != 404, method


@pytest.mark.parametrize("name", [name for name in TESTED if not grid.ROUTES[name].of])
def test_the_database_alone_lists_nothing_of_another_site(name, harbour, hill, unchecked, client_of):
    client = client_of(hill.people[Role.COORDINATOR])
    if needed_by(name)["get"] is None:
        return
    page = client.get(address(name, hill))
    body = (b"".join(page.streaming_content) if page.streaming else page.content).decode()
    for theirs in (harbour.participant.code, harbour.colleague.email, str(harbour.site.pk)):
        assert theirs not in body


@pytest.mark.parametrize("name", LINKED)
def test_a_wrong_link_gives_everybody_the_same_and_nothing(name, harbour, hill, client_of):
    seen = {"get": set(), "post": set()}
    for number, client in enumerate([Client(), *map(client_of, harbour.people.values())]):
        for method, needed in needed_by(name).items():
            # An address of their own: who guesses often is slowed down.
            answer = getattr(client, method)(address(name, None), REMOTE_ADDR=f"10.0.0.{number}")
            assert answer.status_code == (410 if needed else 405), method
            seen[method].add(answer.content)
    assert {method: len(pages) for method, pages in seen.items()} == {"get": 1, "post": 1}
    assert all(harbour.participant.code.encode() not in page for page in seen["get"] | seen["post"])


@pytest.mark.parametrize("name", LINKED)
def test_a_right_link_gives_everybody_the_same_and_no_name(name, harbour, hill, client_of):
    seen = set()
    for client in [Client(), *map(client_of, hill.people.values())]:
        assert client.post(address("check-in:start", harbour)).status_code == 302
        page = client.get(address(name, harbour))
        seen.add((page.status_code, page.get("location"), page.content))
    assert len(seen) == 1 and seen.pop()[0] in {200, 302}
    page = page.content.decode()
    assert not [word for word in (harbour.participant.code, "Wren", "Harbour") if word in page]
