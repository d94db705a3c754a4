"""How many queries every page and every write takes: pinned in the grid, and the same at 5 rows as at 500."""

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import Write
from clinic.permissions import Role
from clinic.rows import rows_of
from tests import grid, make, many, right
from tests.database import counted_queries
from tests.world import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
READ, WRITTEN = grid.counted("get"), grid.counted("post")
# Pages whose length grows with what is stored.
LONG = {
    "sessions:session", "sessions:today", "sessions-api:session", "sessions-api:sessions", "sessions-api:notes",
    "sessions-api:vitals", "sessions-api:attendances", "sessions-api:doses", "sessions-api:settings",
    "clinic:participants", "clinic:accounts", "clinic:audit", "clinic-api:participants", "clinic-api:consents",
    "clinic:consents", "clinic-api:understandings",
    "clinic-api:enrolments", "outcomes:participant", "outcomes:assessments", "outcomes:check-ins",
    "sessions:eligibility", "sessions:decisions", "sessions:register", "sessions:register-counts",
    "sessions:screening", "sessions:screen", "sessions:morning", "sessions:medicines", "sessions-api:findings",
    "sessions-api:medicines", "outcomes:before-after", "outcomes:programme-before-after",
    "sessions-api:eligibility", "outcomes:import", "outcomes:export", "outcomes-api:assessments", "outcomes-api:check-ins",
}  # fmt: skip


def read(client, url: str) -> list[str]:
    """The statements of a page, to its last byte."""
    with counted_queries() as seen:
        page = client.get(url)
        assert page.status_code in {200, 302}
        b"".join(page.streaming_content) if page.streaming else page.content
    return seen


def test_no_pin_is_above_its_budget():
    whole = {"sessions:eligibility", "sessions-api:eligibility"}
    person = {"outcomes:participant", "sessions:decision", "sessions:countersign", *whole}
    queries = {name: grid.PERSON if name in person else grid.LIST for name in grid.ROUTES}
    writes = {name: grid.DECISION if name in whole else grid.WRITE for name in grid.ROUTES}
    assert [name for name, route in grid.ROUTES.items() if route.queries > queries[name]] == []
    assert [name for name, route in grid.ROUTES.items() if route.writes > writes[name]] == []


def test_every_route_that_writes_has_a_body_that_is_right():
    assert set(WRITTEN) == {*right.RIGHT, *right.ASIDE, *right.BY_LINK}


@pytest.mark.parametrize("name", READ)
def test_a_page_takes_no_more_queries_than_it_may(name, harbour, client_of):
    seen = {}
    for role in Role:
        if grid.opens(grid.ROUTES[name].get, role) and (name, role) != ("clinic:today", Role.LEAD):
            client, url = client_of(harbour.people[role]), address(name, harbour)
            client.post(address("check-in:start", harbour))
            seen[role] = read(client, url)
    most = max(seen.values(), key=len)
    assert len(most) <= grid.ROUTES[name].queries, "\n".join(most)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_write_takes_no_more_queries_than_it_may(name, harbour, client_of):
    client = client_of(harbour.people[grid.first_who_may(name, "post")])
    if name in right.BY_LINK:
        client = Client()
        client.post(address("check-in:start", harbour))
    body = {"id": make.new_id(), **{**right.RIGHT, **right.ASIDE, **right.BY_LINK}[name](harbour)}
    with counted_queries() as seen:
        answer = right.send(client, name, address(name, harbour), body)
        assert answer.status_code in {200, 201, 302}, answer.content[:600]
    # A file goes out after its request; reading it shows that it can.
    assert not answer.streaming or b"".join(answer.streaming_content)
    with rows_of([harbour.site.pk]):
        assert Write.objects.filter(pk=body["id"]).exists() is (name in right.RIGHT)
    assert len(seen) <= grid.ROUTES[name].writes, "\n".join(seen)


def counts_of(rows, client_of) -> dict[str, int]:
    """Queries of every long page, by route."""
    found = {}
    for name in sorted(LONG):
        client, url = client_of(rows.people[grid.first_who_may(name, "get")]), address(name, rows)
        client.get(url)
        found[name] = len(read(client, url))
    return found


def test_a_page_asks_as_often_at_five_hundred_rows_as_at_five(harbour, client_of):
    many.fill(harbour, 5, now=timezone.now())
    at_five = counts_of(harbour, client_of)
    many.fill(harbour, 495, now=timezone.now())
    assert counts_of(harbour, client_of) == at_five
    assert {name: found for name, found in at_five.items() if found > grid.ROUTES[name].queries} == {}


@pytest.mark.parametrize("people", [5, 500])
def test_an_import_takes_as_many_statements_whatever_it_brings(people, harbour, client_of):
    """The first person of the file is here already when the others come."""
    name, coordinator = "outcomes:import-preview", harbour.people[Role.COORDINATOR]
    client = client_of(coordinator)
    right.send(client, name, address(name, harbour), {})
    harbour.draft = make.draft(coordinator, harbour.programme, make.outcomes(people))
    with counted_queries() as seen:
        answer = right.send(client, name, address(name, harbour), {})
    assert answer.status_code == 302
    assert len(seen) == grid.ROUTES[name].writes, "\n".join(sql[:300] for sql in seen)
