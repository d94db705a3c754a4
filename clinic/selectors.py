"""Picks rows for pages: by key, so that the last page is as quick as the first."""

from collections.abc import Iterable
from uuid import UUID

from clinic.envelope import keyring
from clinic.models import Membership, Participant, User
from clinic.permissions import Action, may_at
from clinic.services.participants import identifiers, read_identities

PAGE = 50


def listed(rows, asked, size: int = PAGE) -> tuple[list, str, str]:
    """One page of rows, newest first, with the query strings of the older and the newer page; "" where there is none.

    `asked` holds `before` or `after`, an id. Ids are UUIDv7 and so sort by time.
    """
    before, after = key_in(asked, "before"), key_in(asked, "after")
    if after:
        page = list(rows.filter(pk__gt=after).order_by("pk").in_list()[: size + 1])
        more, page = len(page) > size, page[:size][::-1]
        return page, (f"?before={page[-1].pk}" if page else ""), (f"?after={page[0].pk}" if more else "")
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk").in_list()[: size + 1])
    older = f"?before={page[size - 1].pk}" if len(page) > size else ""
    return page[:size], older, (f"?after={page[0].pk}" if before and page else "")


def key_in(asked, name: str) -> UUID | None:
    """An id from a query string; nonsense counts as none."""
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None


def by_person(rows, family_name: str, given_name: str, birth_date: str):
    """The people of that name and birth date, compared by keyed digest."""
    digest = keyring().digest("person", family_name, given_name, birth_date)
    return rows.filter(identity__person_digest=digest).in_list()[:PAGE]


def named(user: User, people: Iterable[Participant], purpose: str) -> bool:
    """Give each participant of a list the `identifiers` that this person may see there; whether there are any.

    Two queries, whatever the number: the identities with their keys, and the access events.
    """
    shown = [person for person in people if may_at(user, Action.READ_IDENTITY, person.site_id)]
    if not shown:
        return False
    found = read_identities(by=user, participants=shown, purpose=purpose)
    for person in shown:
        person.identifiers = identifiers(found.get(person.pk, {}))
    return True


def people_at(site_id: UUID) -> dict[UUID, User]:
    """Those who hold a role at a site today: whom a form offers. One query."""
    held = (
        Membership.objects.in_force()
        .filter(site_id=site_id, user__is_active=True)
        .select_related("user")
        .order_by("user__name")
    )
    return {membership.user_id: membership.user for membership in held}
