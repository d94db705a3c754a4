"""Who changes what, and why: every service opens `change` before it writes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from clinic import seeding

# One round trip: the former values are read before they are replaced (a target list runs from left to right).
SWAP = """SELECT coalesce(current_setting('app.actor', true), ''), coalesce(current_setting('app.reason', true), ''),
                 set_config('app.actor', %s, true), set_config('app.reason', %s, true)"""


@contextmanager
def change(*, by, reason: str = "", using: str = "default") -> Iterator[None]:
    """One transaction whose audit events carry the actor and the reason.

    `by` is a User, or a text such as "check-in" or "command:seed_demo" where no account acts.
    The database's triggers write the events; nothing in Python can forget them.
    """
    named = str(getattr(by, "pk", by) or "")
    if not named:
        raise ValueError("A change needs an actor.")
    actor = seeding.actor(named)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(SWAP, [actor, reason])
        before = cursor.fetchone()[:2]
        yield
        cursor.execute(SWAP, before)
