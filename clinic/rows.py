"""The one door to clinical rows: says which sites' rows a transaction may see, and who looks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connections, transaction

# One round trip: the former values are read before they are replaced (a target list runs from left to right).
SWAP = """SELECT coalesce(current_setting('app.sites', true), ''), coalesce(current_setting('app.actor', true), ''),
                 set_config('app.sites', %s, true), set_config('app.actor', %s, true)"""


@contextmanager
def rows_of(sites: Iterable[UUID | str], actor: str = "", using: str = "default") -> Iterator[None]:
    """Open a transaction in which row-level security shows the rows of `sites` (ids), and of no other.

    `actor` is what the audit records where no person is named: a user's id, "task:name", "command:name".
    Nested use narrows or widens for its own length, and the former values come back after it.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(SWAP, [",".join(str(site) for site in sites), actor])
        before = cursor.fetchone()[:2]
        yield
        # SET LOCAL outlives a released savepoint; one that is rolled back restores it by itself.
        cursor.execute(SWAP, before)
