"""Makes the rows that tests begin with: through the services, each inside its site."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from clinic.checks import DEMO_MARK
from clinic.models import Consent, Membership, Programme, Site, User
from clinic.rows import rows_of
from clinic.services import consents, participants
from clinic.uuid7 import uuid7
from outcomes.instruments import registry
from outcomes.models import Export, ImportDraft, ImportedFile, InstrumentPermission
from outcomes.services import import_drafts
from outcomes.services.permissions import record_permission
from tests.database import database_role

PASSWORD = "correct horse battery"
COLUMNS = [
    f"{measure}_{visit}"
    for measure in ("bdi", "rq")
    for visit in [*(f"s{n}" for n in range(13)), "fu1", "fu2"]
]


def outcomes(people: int) -> bytes:
    """A file of so many people that the map sgdata.toml reads."""
    rows = "".join(f"{person}{',20' * len(COLUMNS)}\n" for person in range(1, people + 1))
    return f"id,{','.join(COLUMNS)}\n{rows}".encode()


SMALL = outcomes(1)
COUNTS = dict.fromkeys(
    (
        "rows",
        "values",
        "missing",
        "participants",
        "new_participants",
        "new_assessments",
        "known_assessments",
        "refused_rows",
    ),
    0,
)
# What a map says that names nothing of its own.
MEASURES: dict[str, dict] = {"instruments": {}, "visit_days": {}}
_hash = []


def password_hash() -> str:
    """One hash for all: Argon2 is slow on purpose."""
    if not _hash:
        _hash.append(make_password(PASSWORD))
    return _hash[0]


def site(slug: str, name: str, time_zone: str = "Australia/Sydney") -> Site:
    """A site."""
    with database_role("accounts"):
        return Site.objects.create(slug=slug, name=name, time_zone=time_zone)


def user(email: str, role: str | None = None, site: Site | None = None, **extra) -> User:
    """An account, with a role at a site where one is named."""
    with rows_of([site.pk] if site else [], "tests"), database_role("accounts"):
        made = User.objects.create(
            email=email, name=email.split("@")[0].capitalize(), password=password_hash(), **extra
        )
        if role:
            Membership.objects.create(user=made, site=site, role=role)
    return made


def role(user: User, role: str, site: Site, programme: Programme | None = None) -> None:
    """One more role, for one programme where one is named."""
    with rows_of([site.pk], "tests"), database_role("accounts"):
        Membership.objects.create(user=user, site=site, role=role, programme=programme)


def programme(site: Site, code: str = "MAPP1", **extra) -> Programme:
    """A demo programme: check-in links may be made."""
    with rows_of([site.pk], "tests"):
        return Programme.objects.create(site=site, code=code, name="MDMA for PTSD", demo=True, **extra)


def participant(site: Site, *, by, **details):
    """A person with an invented identity."""
    details = {
        "preferred_name": "Wren",
        "given_name": "Wrenna",
        "family_name": f"Example {uuid7().hex[-6:]}",
        "birth_date": "1984-05-17",
        **details,
    }
    with rows_of([site.pk]):
        return participants.add_participant(by=by, site=site, details=details, sex="female")


def consent(participant, kind: str = "touch-hand", *, by, minutes_ago: int = 0) -> Consent:
    """A consent by the first version of its text."""
    with rows_of([participant.site_id]):
        return consents.record_consent(
            by=by,
            participant=participant,
            kind=kind,
            text_version="1",
            explained_by=by,
            given_at=timezone.now() - timedelta(minutes=minutes_ago),
        )


def enrolment(participant, programme, *, by, days_ago: int = 30, agreed=("research", "follow-up")):
    """An enrolment that began some days ago, with consent to what leaves the clinic."""
    with rows_of([participant.site_id]):
        held = {kind for kind in agreed if consents.consent_in_force(participant, kind)}
    for kind in (kind for kind in agreed if kind not in held):
        consent(participant, kind, by=by, minutes_ago=60)
    with rows_of([participant.site_id]):
        day = timezone.localdate() - timedelta(days=days_ago)
        return participants.enrol(by=by, participant=participant, programme=programme, enrolled_on=day)


def imports(by: User, programme: Programme) -> tuple[ImportDraft, ImportedFile]:
    """A file that waits for confirmation, and one that came in."""
    facts = {"site_id": programme.site_id, "programme": programme, "by": by, "file_name": "sgdata.csv"}
    waiting = draft(by, programme, SMALL)
    with rows_of([programme.site_id]):
        return waiting, ImportedFile.objects.create(
            **facts, file_sha256="0" * 64, map_name="sgdata.toml", counts=COUNTS, measures=MEASURES
        )


def export(by: User, programme: Programme) -> Export:
    """A file that went out; its profile says of which programme, since the list shows no id."""
    with rows_of([programme.site_id], "tests"):
        profile = f"of-{programme.site.slug}-{programme.code}"[:20]
        return Export.objects.create(
            site_id=programme.site_id, programme=programme, by=by, profile=profile, manifest={}
        )


def draft(by: User, programme: Programme, content: bytes) -> ImportDraft:
    """A file that waits for confirmation."""
    with rows_of([programme.site_id]):
        return import_drafts.open_draft(
            by=by,
            programme=programme,
            file_name="sgdata.csv",
            content=content,
            map_name="sgdata.toml",
            map_text=import_drafts.shipped_map("sgdata.toml"),
            id=uuid7(),
        )


def permission(site: Site, *, by: User, key: str = "who5", **more) -> InstrumentPermission:
    """A clinic's permission; call it inside the site's rows."""
    facts = {
        "given_by": "WHO",
        "given_on": timezone.localdate(),
        "reference": "Letter 7",
        "terms": "May be shown.",
    }
    return record_permission(by=by, site=site, instrument=registry.get(key), **{**facts, **more})


def mark_demo(mark: str = DEMO_MARK) -> None:
    """Say of the test's database what the launcher says of the demo's: we made it."""
    with database_role(None), connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON DATABASE \"{connection.settings_dict['NAME']}\" IS '{mark}'")


def unmark_demo() -> None:
    """Take the mark away again."""
    mark_demo("")


def new_id() -> str:
    """A client's id for a write."""
    return str(uuid7())
