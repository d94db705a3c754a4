"""The permission grid as the outside sees it: every route, its methods, and the action that opens each."""

from dataclasses import dataclass, field

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from clinic.permissions import Action

PUBLIC, SIGNED_IN = "public", "signed in"
# Addresses of django-allauth: signing in and second factors, which it tests itself; ours are tests/clinic/test_sign_in.py.
THEIRS = ("account_", "mfa_")


@dataclass(frozen=True)
class Route:
    """What opens a route, by method: an action, several of which one is enough, PUBLIC or SIGNED_IN."""

    get: object = None
    post: object = None
    of: str = ""  # whose id stands in the address: a key of the cast's rows
    more: dict = field(default_factory=dict)  # further parts of the address
    queries: int = 10  # at most, for a GET


A = Action
RATER_OR_TREATING = (A.RECORD_OUTCOMES, A.RATE)
ROUTES = {
    "clinic:today": Route(get=SIGNED_IN, queries=3),
    "clinic:live": Route(get=PUBLIC),
    "clinic:ready": Route(get=PUBLIC),
    "clinic:theme": Route(post=SIGNED_IN),
    "clinic:lock": Route(post=SIGNED_IN),
    "clinic:participants": Route(get=A.READ_PARTICIPANT, post=A.READ_PARTICIPANT, queries=7),
    "clinic:participant-add": Route(get=A.ENROL, post=A.ENROL, queries=7),
    "clinic:identity": Route(get=A.READ_IDENTITY, of="participant", queries=8),
    "clinic:consents": Route(get=A.ENROL, post=A.ENROL, of="participant", queries=8),
    "clinic:consent-withdraw": Route(
        get=A.ENROL, post=A.ENROL, of="participant", more={"consent": "consent"}, queries=8
    ),
    "clinic:enrol": Route(get=A.ENROL, post=A.ENROL, of="participant", queries=8),
    "clinic:accounts": Route(get=A.MANAGE_ACCOUNTS, queries=7),
    "clinic:account-add": Route(get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, queries=7),
    "clinic:account": Route(get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="colleague", queries=7),
    "clinic:account-disable": Route(get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="colleague", queries=7),
    "clinic:membership-end": Route(get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="membership", queries=7),
    "clinic:audit": Route(get=A.READ_AUDIT, queries=7),
    "schema": Route(get=SIGNED_IN, queries=4),
    "clinic-api:participants": Route(get=A.READ_PARTICIPANT, queries=5),
    "clinic-api:participant": Route(get=A.READ_PARTICIPANT, of="participant", queries=5),
    "clinic-api:consents": Route(get=A.READ_PARTICIPANT, post=A.ENROL, of="participant", queries=6),
    "clinic-api:enrolments": Route(get=A.READ_PARTICIPANT, post=A.ENROL, of="participant", queries=6),
    "sessions:today": Route(get=A.RECORD_SESSION, queries=7),
    "sessions:open": Route(
        get=A.RECORD_SESSION, post=A.RECORD_SESSION, of="enrolment as enrolment", queries=8
    ),
    "sessions:session": Route(get=A.READ_SESSION, of="session", queries=10),
    **{
        f"sessions:{name}": Route(get=action, post=action, of="session", queries=10)
        for name, action in {
            "attendance": A.RECORD_SESSION,
            "setting": A.RECORD_SESSION,
            "notes": A.RECORD_SESSION,
            "vitals": A.RECORD_SESSION,
            "doses": A.RECORD_DOSE,
            "close": A.RECORD_SESSION,
        }.items()
    },
    "sessions:sign": Route(get=A.SIGN_SESSION, post=A.SIGN_SESSION, of="session", queries=10),
    "sessions:amend": Route(
        get=A.SIGN_SESSION,
        post=A.SIGN_SESSION,
        of="session",
        more={"table": "=vitals", "row": "vitals"},
        queries=10,
    ),
    "sessions:withdraw": Route(
        get=A.SIGN_SESSION,
        post=A.SIGN_SESSION,
        of="session",
        more={"table": "=vitals", "row": "vitals"},
        queries=10,
    ),
    "sessions:add": Route(
        get=A.SIGN_SESSION, post=A.SIGN_SESSION, of="session", more={"table": "=vitals"}, queries=10
    ),
    "sessions-api:sessions": Route(get=A.READ_SESSION, post=A.RECORD_SESSION, queries=6),
    "sessions-api:session": Route(get=A.READ_SESSION, of="session", queries=10),
    **{
        f"sessions-api:{name}": Route(get=A.READ_SESSION, post=action, of="session", queries=8)
        for name, action in {
            "attendances": A.RECORD_SESSION,
            "settings": A.RECORD_SESSION,
            "notes": A.RECORD_SESSION,
            "vitals": A.RECORD_SESSION,
            "doses": A.RECORD_DOSE,
        }.items()
    },
    "sessions-api:close": Route(post=A.RECORD_SESSION, of="session"),
    "sessions-api:sign": Route(post=A.SIGN_SESSION, of="session"),
    "sessions-api:amend": Route(
        post=A.SIGN_SESSION, of="session", more={"table": "=vitals", "row": "vitals"}
    ),
    "sessions-api:withdraw": Route(
        post=A.SIGN_SESSION, of="session", more={"table": "=vitals", "row": "vitals"}
    ),
    "sessions-api:add": Route(post=A.SIGN_SESSION, of="session", more={"table": "=vitals"}),
    "outcomes:participant": Route(get=A.READ_PARTICIPANT, of="participant", queries=10),
    "outcomes:assessments": Route(get=A.READ_OUTCOMES, of="participant", queries=10),
    "outcomes:check-ins": Route(get=A.READ_OUTCOMES, of="participant", queries=10),
    "outcomes:assess-choose": Route(get=RATER_OR_TREATING, of="enrolment", queries=10),
    "outcomes:assess": Route(
        get=A.RECORD_OUTCOMES, post=A.RECORD_OUTCOMES, of="enrolment", more={"key": "=phq9"}, queries=10
    ),
    "outcomes:check-in-make": Route(get=A.SEND_CHECK_IN, post=A.SEND_CHECK_IN, of="enrolment", queries=10),
    "outcomes:check-in": Route(get=A.READ_OUTCOMES, of="check_in", queries=10),
    "outcomes:check-in-withdraw": Route(get=A.SEND_CHECK_IN, post=A.SEND_CHECK_IN, of="check_in", queries=10),
    "outcomes-api:assessments": Route(
        get=A.READ_OUTCOMES, post=RATER_OR_TREATING, of="participant", queries=8
    ),
    "outcomes-api:check-ins": Route(get=A.READ_OUTCOMES, post=A.SEND_CHECK_IN, of="participant", queries=8),
    "outcomes:import": Route(get=A.IMPORT_OUTCOMES, post=A.IMPORT_OUTCOMES, queries=8),
    "outcomes:import-preview": Route(get=A.IMPORT_OUTCOMES, post=A.IMPORT_OUTCOMES, of="draft", queries=10),
    "outcomes:import-done": Route(get=A.IMPORT_OUTCOMES, of="imported", queries=8),
    "outcomes:export": Route(get=A.EXPORT_OUTCOMES, post=A.EXPORT_OUTCOMES, queries=8),
    # A participant's pages: no account opens them, the link does (tests/outcomes/check_ins).
    **{
        f"check-in:{name}": Route(get=PUBLIC, post=PUBLIC)
        for name in ("start", "resume", "question", "care", "done")
    },
}


def names() -> set[str]:
    """The name of every route that the project serves, allauth's own aside."""
    return {name for name in walk(get_resolver(), "") if not name.startswith(THEIRS)}


def walk(resolver: URLResolver, space: str):
    """Names below a resolver, with their namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"
        else:
            yield from walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
