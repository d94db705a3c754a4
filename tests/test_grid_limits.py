"""A role opens what it is held for and nothing beside it: not another site where it is not held, nor another programme.

The database shows a person every site where some role is held, so that Django alone answers here.
"""

import pytest

from clinic.permissions import Action, Role
from tests import grid, make, right
from tests.world import address, beside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
# Routes that an action opens, with the methods that it opens.
ACTED = [
    (name, method)
    for name, route in sorted(grid.ROUTES.items())
    for method in ("get", "post")
    if isinstance(getattr(route, method), Action | tuple)
]
OF_A_COURSE = {"session", "closed", "signed", "enrolment", "enrolment as enrolment", "check_in", "imported"}
# Bodies that name a row which the address does not.
NAMING = (
    "clinic:participant-add", "clinic:enrol", "clinic-api:enrolments", "sessions-api:sessions",
    "outcomes-api:assessments", "outcomes-api:check-ins", "outcomes:import", "outcomes:export",
)  # fmt: skip


@pytest.fixture
def elsewhere_too(harbour, hill, client_of):
    """A browser of somebody who holds what a route needs at Harbour, and at Hill a role that opens nothing."""

    def browser(name: str, method: str):
        user = make.user("two@harbour.example", grid.first_who_may(name, method), harbour.site)
        make.role(user, Role.LEAD, hill.site)
        return client_of(user)

    return browser


@pytest.fixture
def for_one_programme(harbour, client_of):
    """A browser of somebody who holds what a route needs for Harbour's first programme alone."""

    def browser(name: str, method: str):
        user = make.user("one@harbour.example")
        make.role(user, grid.first_who_may(name, method), harbour.site, harbour.programme)
        return client_of(user)

    return browser


def ask(client, method: str, url: str):
    """An empty request."""
    more = {"content_type": "application/json"} if method == "post" and url.startswith("/api/") else {}
    return getattr(client, method)(url, **more)


def named(rows) -> set[str]:
    """What a page that lists one of these rows would hold."""
    kinds = ("programme", "session", "closed", "signed", "check_in", "imported")
    return {*(str(getattr(rows, kind).pk) for kind in kinds), rows.exported.profile}


@pytest.mark.parametrize(("name", "method"), ACTED)
def test_a_role_at_one_site_opens_nothing_at_another(name, method, harbour, hill, elsewhere_too):
    client = elsewhere_too(name, method)
    if grid.ROUTES[name].of:
        assert ask(client, method, address(name, hill)).status_code == 404
    answer = ask(client, method, address(name, harbour))
    theirs = {*named(hill), hill.participant.code, str(hill.participant.pk), hill.colleague.email}
    assert [word for word in theirs if word in answer.content.decode()] == []


@pytest.mark.parametrize("name", [name for name in NAMING if name != "clinic-api:enrolments"])
def test_a_body_names_nothing_at_another_site(name, harbour, hill, elsewhere_too):
    body = {**right.RIGHT, **right.ASIDE}[name](hill)
    answer = right.send(elsewhere_too(name, "post"), name, address(name, harbour), body)
    assert answer.status_code in {400, 404}


@pytest.mark.parametrize(("name", "method"), ACTED)
def test_a_role_for_one_programme_opens_no_other(name, method, harbour, for_one_programme):
    client, other = for_one_programme(name, method), beside(harbour)
    if grid.ROUTES[name].of in OF_A_COURSE:
        assert ask(client, method, address(name, other)).status_code == 404
    answer = ask(client, method, address(name, harbour))
    assert [word for word in named(other) if word in answer.content.decode()] == []


@pytest.mark.parametrize("name", NAMING)
def test_a_body_names_nothing_of_another_programme(name, harbour, for_one_programme):
    body = {**right.RIGHT, **right.ASIDE}[name](beside(harbour))
    answer = right.send(for_one_programme(name, "post"), name, address(name, harbour), body)
    assert answer.status_code in {400, 404}
