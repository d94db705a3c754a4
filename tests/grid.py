"""The permission grid as the outside sees it: every route, its methods, and the action that opens each."""

from dataclasses import dataclass, field

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from clinic.permissions import GRANTS, Action, Role

PUBLIC, SIGNED_IN, CLOSED = "public", "signed in", "closed"
# The budgets, in queries: a list, the console, a form; a participant's page; a write.
LIST, PERSON, WRITE = 7, 10, 9
# A decision reads the whole screening again, under the lock of its enrolment.
DECISION = 16
# Addresses of django-allauth, which counts tries by queries of its own: pinned in no budget.
THEIRS = ("account_", "mfa_")
# A participant's pages: no account opens them, the link does.
BY_LINK = "check-in:"


@dataclass(frozen=True)
class Route:
    """What opens a route, by method: an action, several of which one is enough, PUBLIC or SIGNED_IN; or CLOSED: 404."""

    get: object = None
    post: object = None
    of: str = ""  # whose id stands in the address: a key of the cast's rows
    more: dict = field(default_factory=dict)  # further parts of the address
    absent: bool = False  # 404 for whoever has none of it: a second factor that was never set up
    queries: int = LIST  # at most, for a GET
    writes: int = WRITE  # at most, for a POST that is right


A = Action
RATER_OR_TREATING = (A.RECORD_OUTCOMES, A.RATE)
INSTRUMENT_READERS = (A.READ_OUTCOMES, A.RECORD_OUTCOMES, A.RATE, A.MANAGE_INSTRUMENTS)
ROUTES = {
    "clinic:today": Route(get=SIGNED_IN, queries=2),
    "clinic:live": Route(get=PUBLIC, queries=2),
    "clinic:ready": Route(get=PUBLIC, queries=3),
    "clinic:information": Route(get=PUBLIC, queries=2),
    "clinic:theme": Route(post=SIGNED_IN, writes=3),
    "clinic:lock": Route(post=SIGNED_IN, writes=4),
    "clinic:participants": Route(get=A.READ_PARTICIPANT, post=A.READ_PARTICIPANT, queries=6, writes=8),
    "clinic:participant-add": Route(get=A.ENROL, post=A.ENROL, queries=3, writes=6),
    "clinic:identity": Route(get=A.READ_IDENTITY, of="participant", queries=5),
    "clinic:consents": Route(get=A.ENROL, of="participant", queries=7),
    "clinic:consent-record": Route(
        get=A.ENROL, post=A.ENROL, of="participant", more={"kind": "=recording"}, queries=6, writes=6
    ),
    "clinic:consent": Route(get=A.ENROL, of="participant", more={"consent": "consent"}, queries=7),
    "clinic:consent-withdraw": Route(
        get=A.ENROL, post=A.ENROL, of="participant", more={"consent": "consent"}, queries=6, writes=8
    ),
    "clinic:understanding-start": Route(
        post=A.ENROL, of="participant", more={"consent": "consent"}, writes=7
    ),
    "clinic:understanding-question": Route(
        get=A.ENROL,
        post=A.ENROL,
        of="participant",
        more={"understanding": "understanding", "number": "=1"},
        queries=4,
        writes=6,
    ),
    "clinic:understanding-done": Route(
        get=A.ENROL,
        post=A.ENROL,
        of="participant",
        more={"understanding": "understanding"},
        queries=4,
        writes=6,
    ),
    "clinic:enrol": Route(get=A.ENROL, post=A.ENROL, of="participant", queries=6, writes=6),
    "clinic:accounts": Route(get=A.MANAGE_ACCOUNTS, queries=3),
    "clinic:account-add": Route(get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, queries=3, writes=7),
    "clinic:account": Route(
        get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="colleague", queries=5, writes=6
    ),
    "clinic:account-disable": Route(
        get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="colleague", queries=3, writes=7
    ),
    "clinic:membership-end": Route(
        get=A.MANAGE_ACCOUNTS, post=A.MANAGE_ACCOUNTS, of="membership", queries=3, writes=5
    ),
    "clinic:audit": Route(get=A.READ_AUDIT, queries=4),
    "schema": Route(get=SIGNED_IN, queries=2),
    "clinic-api:participants": Route(get=A.READ_PARTICIPANT, queries=3),
    "clinic-api:participant": Route(get=A.READ_PARTICIPANT, of="participant", queries=3),
    "clinic-api:consents": Route(get=A.READ_PARTICIPANT, post=A.ENROL, of="participant", queries=4, writes=6),
    "clinic-api:consent-withdraw": Route(
        post=A.ENROL, of="participant", more={"consent": "consent"}, writes=8
    ),
    "clinic-api:understandings": Route(
        get=A.READ_PARTICIPANT, post=A.ENROL, of="participant", queries=4, writes=6
    ),
    "clinic-api:enrolments": Route(
        get=A.READ_PARTICIPANT, post=A.ENROL, of="participant", queries=4, writes=6
    ),
    "sessions:today": Route(get=A.RECORD_SESSION, queries=7),
    "sessions:open": Route(
        get=A.RECORD_SESSION, post=A.RECORD_SESSION, of="enrolment as enrolment", queries=5, writes=5
    ),
    "sessions:session": Route(get=A.READ_SESSION, of="session", queries=6),
    **{
        f"sessions:{name}": Route(get=action, post=action, of="session", queries=queries, writes=writes)
        for name, action, queries, writes in (
            ("attendance", A.RECORD_SESSION, 6, 7),
            ("setting", A.RECORD_SESSION, 5, 6),
            ("notes", A.RECORD_SESSION, 5, 7),
            ("vitals", A.RECORD_SESSION, 5, 6),
            ("doses", A.RECORD_DOSE, 7, 9),
            ("close", A.RECORD_SESSION, 5, 6),
        )
    },
    "sessions:sign": Route(get=A.SIGN_SESSION, post=A.SIGN_SESSION, of="closed", queries=5, writes=8),
    "sessions:amend": Route(
        get=A.SIGN_SESSION,
        post=A.SIGN_SESSION,
        of="session",
        more={"table": "=vitals", "row": "vitals"},
        queries=5,
        writes=7,
    ),
    "sessions:withdraw": Route(
        get=A.SIGN_SESSION,
        post=A.SIGN_SESSION,
        of="session",
        more={"table": "=vitals", "row": "vitals"},
        queries=5,
        writes=6,
    ),
    "sessions:add": Route(
        get=A.SIGN_SESSION,
        post=A.SIGN_SESSION,
        of="signed",
        more={"table": "=vitals"},
        queries=5,
        writes=8,
    ),
    "sessions:gate": Route(get=A.READ_SCREENING, of="session", queries=7),
    "sessions:dose-decision": Route(
        get=A.AUTHORISE_DOSE, post=A.AUTHORISE_DOSE, of="session", queries=7, writes=9
    ),
    "sessions:gate-override": Route(
        get=A.AUTHORISE_DOSE, post=A.AUTHORISE_DOSE, of="session", queries=7, writes=9
    ),
    "sessions:gate-countersign": Route(
        get=A.AUTHORISE_DOSE,
        post=A.AUTHORISE_DOSE,
        of="session",
        more={"override": "override"},
        queries=7,
        writes=9,
    ),
    "sessions:deviations": Route(get=A.REVIEW_DEVIATION, queries=7),
    "sessions:deviation-explain": Route(
        get=A.RECORD_DOSE, post=A.RECORD_DOSE, of="session", more={"row": "deviation"}, queries=7, writes=9
    ),
    "sessions:deviation-review": Route(
        get=A.REVIEW_DEVIATION,
        post=A.REVIEW_DEVIATION,
        of="session",
        more={"row": "deviation"},
        queries=7,
        writes=9,
    ),
    "sessions-api:gate": Route(get=A.READ_SCREENING, of="session", queries=7),
    "sessions-api:dose-decision": Route(post=A.AUTHORISE_DOSE, of="session", writes=9),
    "sessions-api:gate-override": Route(post=A.AUTHORISE_DOSE, of="session", writes=9),
    "sessions-api:gate-countersign": Route(
        post=A.AUTHORISE_DOSE, of="session", more={"override": "override"}, writes=9
    ),
    "sessions-api:deviation-explain": Route(
        post=A.RECORD_DOSE, of="session", more={"row": "deviation"}, writes=9
    ),
    "sessions-api:deviation-review": Route(
        post=A.REVIEW_DEVIATION, of="session", more={"row": "deviation"}, writes=9
    ),
    "sessions:screening": Route(get=A.READ_SCREENING, of="enrolment as enrolment", queries=7),
    "sessions:screen": Route(
        get=A.RECORD_SCREENING,
        post=A.RECORD_SCREENING,
        of="enrolment as enrolment",
        more={"occasion": "=baseline", "group": "=physical"},
        queries=6,
        writes=7,
    ),
    "sessions:finding-withdraw": Route(
        get=A.RECORD_SCREENING, post=A.RECORD_SCREENING, of="finding", queries=5, writes=5
    ),
    "sessions:morning": Route(
        get=A.RECORD_SCREENING, post=A.RECORD_SCREENING, of="session", queries=6, writes=7
    ),
    "sessions:medicines": Route(get=A.READ_SCREENING, of="enrolment as enrolment", queries=6),
    "sessions:medicine-add": Route(
        get=A.RECORD_SCREENING, post=A.RECORD_SCREENING, of="enrolment as enrolment", queries=5, writes=6
    ),
    "sessions:medicine-change": Route(
        get=A.RECORD_SCREENING, post=A.RECORD_SCREENING, of="medicine", queries=5, writes=6
    ),
    "sessions:medicine-withdraw": Route(
        get=A.RECORD_SCREENING, post=A.RECORD_SCREENING, of="medicine", queries=5, writes=5
    ),
    "sessions:medicine-clear": Route(
        get=A.CLEAR_MEDICINE, post=A.CLEAR_MEDICINE, of="medicine", queries=5, writes=8
    ),
    "sessions:eligibility": Route(
        get=A.READ_SCREENING, post=A.DECIDE, of="enrolment", queries=PERSON, writes=DECISION
    ),
    "sessions:decisions": Route(get=A.READ_SCREENING, of="enrolment", queries=7),
    "sessions:decision": Route(get=A.READ_SCREENING, of="decision", queries=8),
    "sessions:countersign": Route(get=A.DECIDE, post=A.DECIDE, of="decision", queries=8, writes=8),
    "sessions:decision-withdraw": Route(get=A.DECIDE, post=A.DECIDE, of="decision", queries=5, writes=5),
    "sessions:register": Route(get=A.READ_SCREENING, queries=6),
    "sessions:register-counts": Route(get=A.READ_REGISTER, queries=3),
    "sessions:register-csv": Route(get=A.READ_REGISTER, queries=3),
    "sessions-api:eligibility": Route(
        get=A.READ_SCREENING, post=A.DECIDE, of="enrolment", queries=PERSON, writes=DECISION
    ),
    "sessions-api:countersign": Route(post=A.DECIDE, of="decision", writes=8),
    "sessions-api:findings": Route(
        get=A.READ_SCREENING, post=A.RECORD_SCREENING, of="enrolment", queries=4, writes=7
    ),
    "sessions-api:medicines": Route(
        get=A.READ_SCREENING, post=A.RECORD_SCREENING, of="enrolment", queries=4, writes=7
    ),
    "sessions-api:sessions": Route(get=A.READ_SESSION, post=A.RECORD_SESSION, queries=3, writes=5),
    "sessions-api:session": Route(get=A.READ_SESSION, of="session", queries=4),
    **{
        f"sessions-api:{name}": Route(
            get=A.READ_SESSION, post=action, of="session", queries=queries, writes=writes
        )
        for name, action, queries, writes in (
            ("attendances", A.RECORD_SESSION, 4, 7),
            ("settings", A.RECORD_SESSION, 4, 6),
            ("notes", A.RECORD_SESSION, 5, 7),
            ("vitals", A.RECORD_SESSION, 4, 6),
            ("doses", A.RECORD_DOSE, 4, 9),
        )
    },
    "sessions-api:close": Route(post=A.RECORD_SESSION, of="session", writes=6),
    "sessions-api:sign": Route(post=A.SIGN_SESSION, of="closed", writes=8),
    "sessions-api:amend": Route(
        post=A.SIGN_SESSION, of="session", more={"table": "=vitals", "row": "vitals"}, writes=7
    ),
    "sessions-api:withdraw": Route(
        post=A.SIGN_SESSION, of="session", more={"table": "=vitals", "row": "vitals"}, writes=6
    ),
    "sessions-api:add": Route(post=A.SIGN_SESSION, of="signed", more={"table": "=vitals"}, writes=8),
    "outcomes:participant": Route(get=A.READ_PARTICIPANT, of="participant", queries=8),
    "outcomes:assessments": Route(get=A.READ_OUTCOMES, of="participant", queries=6),
    "outcomes:check-ins": Route(get=A.READ_OUTCOMES, of="participant", queries=6),
    "outcomes:before-after": Route(get=A.READ_SCREENING, of="enrolment", queries=7),
    "outcomes:programme-before-after": Route(get=A.READ_RESEARCH, of="programme", queries=4),
    "outcomes:assess-choose": Route(get=RATER_OR_TREATING, of="enrolment", queries=5),
    "outcomes:assess": Route(
        get=A.RECORD_OUTCOMES,
        post=A.RECORD_OUTCOMES,
        of="enrolment",
        more={"key": "=phq9"},
        queries=5,
        writes=5,
    ),
    "outcomes:check-in-make": Route(
        get=A.SEND_CHECK_IN, post=A.SEND_CHECK_IN, of="enrolment", queries=6, writes=9
    ),
    "outcomes:check-in": Route(get=A.READ_OUTCOMES, of="check_in", queries=5),
    "outcomes:check-in-withdraw": Route(
        get=A.SEND_CHECK_IN, post=A.SEND_CHECK_IN, of="check_in", queries=5, writes=6
    ),
    "outcomes-api:assessments": Route(
        get=A.READ_OUTCOMES, post=RATER_OR_TREATING, of="participant", queries=4, writes=6
    ),
    "outcomes:hand-over": Route(get=A.RECORD_OUTCOMES, post=A.RECORD_OUTCOMES, of="enrolment", queries=5),
    "outcomes:hand-over-again": Route(get=A.RECORD_OUTCOMES, post=A.RECORD_OUTCOMES, of="tablet", queries=5),
    "outcomes:assessment": Route(get=A.READ_OUTCOMES, of="assessment", queries=7),
    "outcomes:instruments": Route(get=INSTRUMENT_READERS, queries=7),
    "outcomes:instrument": Route(get=INSTRUMENT_READERS, more={"key": "=phq9"}, queries=7),
    "outcomes-api:check-ins": Route(
        get=A.READ_OUTCOMES, post=A.SEND_CHECK_IN, of="participant", queries=4, writes=8
    ),
    "outcomes:import": Route(get=A.IMPORT_OUTCOMES, post=A.IMPORT_OUTCOMES, queries=4, writes=7),
    "outcomes:import-preview": Route(
        get=A.IMPORT_OUTCOMES, post=A.IMPORT_OUTCOMES, of="draft", queries=4, writes=9
    ),
    "outcomes:import-done": Route(get=A.IMPORT_OUTCOMES, of="imported", queries=3),
    "outcomes:export": Route(get=A.EXPORT_OUTCOMES, post=A.EXPORT_OUTCOMES, queries=6, writes=3),
    "outcomes:instrument-permit": Route(
        get=A.MANAGE_INSTRUMENTS, post=A.MANAGE_INSTRUMENTS, more={"key": "=who5"}, queries=3
    ),
    "outcomes:permission-withdraw": Route(
        get=A.MANAGE_INSTRUMENTS, post=A.MANAGE_INSTRUMENTS, of="permission", queries=3
    ),
    "check-in:start": Route(get=PUBLIC, post=PUBLIC, more={"secret": "secret"}, queries=5, writes=6),
    "check-in:resume": Route(get=PUBLIC, queries=5),
    "check-in:question": Route(get=PUBLIC, post=PUBLIC, more={"number": "=1"}, queries=5, writes=9),
    "check-in:care": Route(get=PUBLIC, queries=5),
    "check-in:done": Route(get=PUBLIC, post=PUBLIC, queries=5, writes=9),
    "check-in:back": Route(get=PUBLIC),
    # django-allauth's: what is behind a second factor or a fresh password it asks itself.
    "account_login": Route(get=PUBLIC, post=PUBLIC),
    "account_logout": Route(get=PUBLIC, post=PUBLIC),
    "account_inactive": Route(get=PUBLIC),
    "account_signup": Route(get=PUBLIC, post=PUBLIC),  # A page that says who makes accounts; it makes none.
    "account_reset_password": Route(get=PUBLIC, post=PUBLIC),
    "account_reset_password_done": Route(get=PUBLIC),
    "account_reset_password_from_key": Route(
        get=PUBLIC, post=PUBLIC, more={"uidb36": "=abc", "key": "=wrong"}
    ),
    "account_reset_password_from_key_done": Route(get=PUBLIC),
    "account_change_password": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account_reauthenticate": Route(get=SIGNED_IN, post=SIGNED_IN),
    "account_email": Route(get=CLOSED, post=CLOSED),
    "account_email_verification_sent": Route(get=CLOSED, post=CLOSED),
    "account_confirm_email": Route(get=CLOSED, post=CLOSED, more={"key": "=wrong"}),
    "account_confirm_login_code": Route(get=CLOSED, post=CLOSED),
    "account_set_password": Route(get=CLOSED, post=CLOSED),
    "mfa_authenticate": Route(get=PUBLIC, post=PUBLIC),  # Between password and code: nobody is signed in yet.
    "mfa_index": Route(get=SIGNED_IN),
    "mfa_list_webauthn": Route(get=SIGNED_IN),
    "mfa_view_recovery_codes": Route(get=SIGNED_IN, absent=True),
    "mfa_download_recovery_codes": Route(get=SIGNED_IN, post=SIGNED_IN, absent=True),
    "mfa_deactivate_totp": Route(get=SIGNED_IN, post=SIGNED_IN, absent=True),
    **{
        f"mfa_{name}": Route(get=SIGNED_IN, post=SIGNED_IN)
        for name in (
            "reauthenticate",
            "reauthenticate_webauthn",
            "activate_totp",
            "add_webauthn",
            "generate_recovery_codes",
        )
    },
    **{
        f"mfa_{name}_webauthn": Route(get=SIGNED_IN, post=SIGNED_IN, more={"pk": "=1"})
        for name in ("remove", "edit")
    },
}


def opens(needed, role: Role) -> bool:
    """Whether the grid gives this role what a method needs."""
    if needed in (PUBLIC, SIGNED_IN, CLOSED):
        return needed != CLOSED
    actions = needed if isinstance(needed, tuple) else (needed,)
    return any(role in GRANTS[action] for action in actions)


def first_who_may(name: str, method: str) -> Role:
    """A role that opens a route by this method."""
    return next(role for role in Role if opens(getattr(ROUTES[name], method), role))


def counted(method: str) -> list[str]:
    """The routes whose queries are pinned for a method."""
    return sorted(
        name for name, route in ROUTES.items() if getattr(route, method) and not name.startswith(THEIRS)
    )


def names() -> set[str]:
    """The name of every route that the project serves."""
    return set(walk(get_resolver(), ""))


def walk(resolver: URLResolver, space: str):
    """Names below a resolver, with their namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or pattern.pattern}"
        else:
            yield from walk(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
