"""A dosing session on its morning, with a protocol, and the same with every condition met."""

import pytest

from clinic.rows import rows_of
from sessions.protocol_file import FOLDER
from sessions.services.protocols import import_protocol
from sessions.services.sessions import open_session
from tests import make
from tests.sessions.gate import morning


@pytest.fixture
def protocol(programme, site):
    """The shipped protocol, imported before anybody was enrolled."""
    content = (FOLDER / "mdma_ptsd.toml").read_bytes()
    with rows_of([site.pk]):
        return import_protocol(by="tests", programme=programme, content=content, file_name="mdma_ptsd.toml")


@pytest.fixture
def session(protocol, participant, programme, therapist, site):
    """A dosing session that began two hours ago; nothing is known yet."""
    enrolment = make.enrolment(participant, programme, by=therapist)
    with rows_of([site.pk]):
        return open_session(by=therapist, enrolment=enrolment, kind="dosing", occurred_at=morning.ago(120))


@pytest.fixture
def ready(session, physician, therapist, co_therapist, site):
    """The session with every condition met."""
    with rows_of([site.pk]):
        morning.prepare(session, physician=physician, lead=therapist, second=co_therapist)
    return session
