"""The database logins and what each is for: names only, so that launcher and settings can both read them."""

from clinic import environment

# A second installation on one server needs other names, because logins belong to the whole server.
PREFIX = environment.text("DATABASE_ROLE_PREFIX")
if not PREFIX.isidentifier() or PREFIX.lower() != PREFIX:
    raise ValueError("DATABASE_ROLE_PREFIX must be small letters, digits and underscores, such as afterward.")

PURPOSES = {
    "owner": "owns the tables and migrates them; never serves a request",
    "app": "serves pages and the API; no rights on the audit, no DELETE on clinical rows",
    "accounts": "writes accounts, memberships and sign-in secrets",
    "research": "reads what cohort pages and exports may show: no identity, no free text, no key",
    "auditor": "reads everything but identity, writes nothing",
    "checkin": "answers a check-in link and sees nothing else",
    "backup": "reads every row for the backup, past row-level security",
}

ROLES = {role: f"{PREFIX}_{role}" for role in PURPOSES}
