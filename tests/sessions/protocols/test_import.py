"""Importing a protocol: numbered, whole, once, and never changed afterwards."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from clinic.rows import rows_of
from sessions.models import ProtocolVersion
from sessions.protocol_file import FOLDER
from sessions.services.protocols import import_protocol, move_to, protocol_of
from tests import make
from tests.database import database_role

pytestmark = pytest.mark.django_db
FILE = FOLDER / "mdma_ptsd.toml"


def command(*words: str) -> str:
    """The command with what it prints."""
    printed = StringIO()
    call_command("import_protocol", *words, stdout=printed)
    return printed.getvalue()


def next_edition(tmp_path):
    """The shipped file with another number in it."""
    path = tmp_path / "mdma_ptsd.toml"
    path.write_text(FILE.read_text().replace("value = 140", "value = 130"))
    return path


def test_a_file_becomes_version_one_and_the_next_version_two(site, programme, tmp_path):
    assert "version 1" in command(str(FILE), "--programme", programme.code)
    assert "version 2" in command(str(next_edition(tmp_path)), "--programme", programme.code)
    with rows_of([site.pk]):
        assert list(ProtocolVersion.objects.values_list("number", flat=True)) == [2, 1]


def test_the_same_file_is_no_new_version(site, programme):
    command(str(FILE), "--programme", programme.code)
    with pytest.raises(CommandError, match="is a version of the programme"):
        command(str(FILE), "--programme", programme.code)


def test_a_wrong_file_stores_nothing(site, programme, tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(FILE.read_text().replace("[gate]", "[gates]"))
    with pytest.raises(CommandError, match=r"wrong.toml, column gates: .*\nNothing was stored"):
        command(str(path), "--programme", programme.code)
    with rows_of([site.pk]):
        assert not ProtocolVersion.objects.exists()


def test_an_unknown_programme_and_a_missing_file_are_said(site, programme, tmp_path):
    with pytest.raises(CommandError, match="There is no programme NONE"):
        command(str(FILE), "--programme", "NONE")
    with pytest.raises(CommandError, match="cannot be read"):
        command(str(tmp_path / "none.toml"), "--programme", programme.code)


@pytest.mark.database
@pytest.mark.parametrize(
    "statement", ["UPDATE therapy_protocolversion SET title = 'x'", "DELETE FROM therapy_protocolversion"]
)
def test_a_version_never_changes_not_even_for_a_superuser(site, programme, statement):
    command(str(FILE), "--programme", programme.code)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        database_role(None),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_enrolment_keeps_its_version_until_a_signed_move(
    site, programme, participant, therapist, tmp_path
):
    command(str(FILE), "--programme", programme.code)
    enrolment = make.enrolment(participant, programme, by=therapist)
    command(str(next_edition(tmp_path)), "--programme", programme.code)
    with rows_of([site.pk]):
        assert protocol_of(enrolment).number == 1
        newest = ProtocolVersion.objects.get(number=2)
        move_to(
            by=therapist,
            enrolment=enrolment,
            protocol=newest,
            reason="Amended by the board",
            password=make.PASSWORD,
        )
        assert protocol_of(enrolment).number == 2


def test_another_programmes_version_is_refused(site, programme, enrolment, therapist):
    other = make.programme(site, code="OTHER")
    with rows_of([site.pk]):
        theirs = import_protocol(
            by=therapist, programme=other, content=FILE.read_bytes(), file_name=FILE.name
        )
        with pytest.raises(Exception, match="another programme"):
            move_to(
                by=therapist,
                enrolment=enrolment,
                protocol=theirs,
                reason="By mistake",
                password=make.PASSWORD,
            )
