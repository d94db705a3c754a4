"""Every page that a role opens, in a language made at test time: a word outside gettext is found."""

import tomllib
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.consents.reading import FOLDER
from clinic.models import User
from clinic.permissions import Role
from clinic.rows import rows_of
from outcomes.instruments import registry
from outcomes.services.assessments import record_assessment
from outcomes.services.import_drafts import shipped_maps
from sessions.services import amending, dosing, sessions, signing
from tests import grid, make, pseudo
from tests.database import database_role
from tests.outcomes.imports.making import LONG
from tests.sessions.day import at
from tests.world import address, world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]
# Participants' pages have tests of their own, beside their answers (tests/outcomes/check_ins).
PAGES = sorted(
    name
    for name, route in grid.ROUTES.items()
    if route.get is not None and not name.startswith("check-in:") and "-api:" not in name
)
# Nobody is called by a word of the interface: what is data would hide it.
NAME = "Robin Quill"


@pytest.fixture
def harbour(settings, db) -> SimpleNamespace:
    """A site in which something of every kind has happened."""
    rows = world("harbour", settings)
    with rows_of([rows.site.pk]), database_role("accounts"):
        assert User.objects.update(name=NAME) == len(rows.people)
    for user in rows.people.values():
        user.name = NAME
    with rows_of([rows.site.pk]):
        fill(rows)
    return rows


def fill(rows: SimpleNamespace) -> None:
    """A day that is over, signed and amended; two sittings; a person with no course yet."""
    lead, enrolment = rows.people[Role.THERAPIST], rows.enrolment
    day = sessions.open_session(by=lead, enrolment=enrolment, kind="dosing", occurred_at=at(300))
    about = {"by": lead, "session": day}
    sessions.record_attendance(**about, person=lead, part="lead", occurred_at=at(299))
    sessions.record_setting(**about, place="room", room="Lantern", music="Waves", occurred_at=at(298))
    note = sessions.write_note(**about, text="Settled.", occurred_at=at(290))
    sessions.write_note(**about, text="Doubtful.", occurred_at=at(289), private=True)
    reading = dosing.record_vitals(**about, systolic_mmhg=120, diastolic_mmhg=80, occurred_at=at(280))
    given = {"dose_mg": Decimal(80), "substance": "MDMA", "part": "initial", "given_by": lead}
    dosing.record_dose(**about, **given, occurred_at=at(270))
    sessions.close_session(by=lead, session=day, ended_at=at(60))
    signing.sign_session(by=lead, session=day, meaning="author", password=make.PASSWORD)
    again = {"text": "Settled well.", "occurred_at": note.occurred_at}
    amending.amend(by=lead, row=note, values=again, reason="Another word")
    amending.withdraw(by=lead, row=reading, reason="Another person")
    values = {"pulse_bpm": 80, "occurred_at": at(100)}
    amending.add_forgotten(by=lead, session=day, model=type(reading), values=values, reason="Kept on paper")
    for ago, answer in ((9000, 3), (50, 1)):
        answers = {item.key: answer for item in registry.get("phq9").items}
        sitting = {"instrument": "phq9", "mode": "staff", "answers": answers, "occurred_at": at(ago)}
        record_assessment(by=lead, enrolment=enrolment, **sitting)
    make.participant(rows.site, by=lead, preferred_name="Finch")
    rows.signed = day


def known(rows: SimpleNamespace) -> tuple[str, ...]:
    """Data: what no catalogue translates."""
    people = [NAME, *(user.email for user in rows.people.values())]
    measures = [word for one in registry.all() for word in (one.short, one.title)]
    said = ["Settled well.", "Settled.", "Doubtful.", "Another word", "Another person", "Kept on paper"]
    places = [
        "Harbour",
        "MDMA for PTSD",
        "MAPP1",
        "SECOND",
        "Lantern",
        "Waves",
        "80 mg",
        "MDMA",
        "Finch",
        "Wrenna",
        "Wren",
    ]
    code = rows.participant.code
    return (code, *people, *measures, *said, *places, *versioned(), *shipped_maps().values())


def versioned() -> list[str]:
    """What participants read and agree to: a text of its own in each language, which gettext never touches."""
    found = [text for path in FOLDER.glob("*.toml") for text in texts_in(tomllib.loads(path.read_text()))]
    # The longest first: a mark or a key stands inside other texts.
    return sorted(found, key=len, reverse=True)


def texts_in(value) -> list[str]:
    """Every text of a file, at any depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for one in value for text in texts_in(one)]
    return [value] if isinstance(value, str) else []


def loose(response, rows: SimpleNamespace) -> list[str]:
    """The words of a page that are neither translated nor data."""
    if "html" not in response.get("Content-Type", ""):
        return []
    return pseudo.untranslated(response.content.decode(), data=known(rows))


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_a_role_and_every_refusal_is_wholly_translated(role, harbour, client_of):
    client, found = client_of(harbour.people[role]), {}
    with pseudo.language():
        for name in PAGES:
            route = grid.ROUTES[name]
            for method, needed in (("get", route.get), ("post", route.post)):
                if needed is not None and grid.opens(needed, role):
                    answer = getattr(client, method)(address(name, harbour))
                    found[name, method] = loose(answer, harbour)
    assert {page: words for page, words in found.items() if words} == {}


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.AUDITOR])
def test_a_signed_and_amended_record_is_wholly_translated(role, harbour, client_of):
    with pseudo.language():
        page = client_of(harbour.people[role]).get(f"/sessions/{harbour.signed.pk}/")
    assert page.status_code == 200 and loose(page, harbour) == []


def test_what_a_file_is_refused_for_is_wholly_translated(harbour, client_of):
    client = client_of(harbour.people[Role.COORDINATOR])
    url = upload(client, harbour, "id,when,what,value\n7,start,Mood,1\n8,start,Mood,99\n9,later,Mood\n").url
    with pseudo.language():
        refused = upload(client, harbour, "id;when\n1;2\n")
        assert (refused.status_code, loose(refused, harbour)) == (400, [])
        page = client.get(url)
    assert "refusal" in page.content.decode() and loose(page, harbour) == []


def upload(client, rows: SimpleNamespace, text: str):
    """Send a small file with a small map."""
    fields = {"id": make.new_id(), "programme": rows.enrolment.programme_id, "map": "own"}
    own, file = SimpleUploadedFile("m.toml", LONG.encode()), SimpleUploadedFile("f.csv", text.encode())
    return client.post("/outcomes/import/", fields | {"own_map": own, "file": file})
