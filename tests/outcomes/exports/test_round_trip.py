"""The published files, imported by the shipped maps and exported again, are equal to their source."""

import json
import re
import runpy

import pytest
from django.core.management import call_command

from tests import make
from tests.outcomes.imports.published import MAP_OF, MCRDS, ROOT, SGDATA, published

compare = runpy.run_path(str(ROOT / "tests" / "compare_export.py"))["main"]
CODE_OF = {MCRDS: "MICRODOSE", SGDATA: "SUDDENGAINS"}
UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-")
pytestmark = [
    pytest.mark.data,
    pytest.mark.django_db(transaction=True, databases=["default", "research", "accounts"]),
]


@pytest.fixture
def exported(tmp_path):
    """Import a published file and export its programme; gives the folder."""

    def run(name: str, profile: str):
        make.site("harbour", "Harbour")
        call_command("import_outcomes", str(published(name)), map=MAP_OF[name], verbosity=0)
        call_command("export_outcomes", programme=CODE_OF[name], profile=profile, out=tmp_path / "out")
        return tmp_path / "out"

    return run


@pytest.mark.parametrize(
    ("name", "profile"), [(SGDATA, "limited"), (SGDATA, "safe-harbor"), (MCRDS, "limited")]
)
def test_an_export_of_an_import_equals_the_published_file(exported, name, profile, capsys):
    assert compare(published(name), exported(name, profile)) == 0
    assert "Equal: " in capsys.readouterr().out


def test_no_key_of_the_record_leaves(exported):
    folder = exported(SGDATA, "safe-harbor")
    assert sorted(path.name for path in folder.iterdir()) == ["codebook.csv", "manifest.json", "master.csv"]
    assert not UUID.search(b"".join(path.read_bytes() for path in folder.iterdir()))


def test_one_snapshot_gives_the_same_bytes_each_time(exported, tmp_path):
    first = exported(SGDATA, "limited")
    call_command("export_outcomes", programme="SUDDENGAINS", out=tmp_path / "again")
    for name in ("master.csv", "codebook.csv"):
        assert (first / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_a_second_import_leaves_the_export_as_it_was(exported, tmp_path):
    first = exported(SGDATA, "limited")
    call_command("import_outcomes", str(published(SGDATA)), map=MAP_OF[SGDATA], verbosity=0)
    call_command("export_outcomes", programme="SUDDENGAINS", out=tmp_path / "again")
    assert (first / "master.csv").read_bytes() == (tmp_path / "again" / "master.csv").read_bytes()


def test_the_codebook_names_every_variable_and_the_manifest_counts_the_rows(exported):
    folder = exported(SGDATA, "limited")
    facts = json.loads((folder / "manifest.json").read_text())
    assert facts["files"][0]["rows"] == 43 * 30
    assert (
        'bdi.total,"Beck Depression Inventory, total",number,,0,63' in (folder / "codebook.csv").read_text()
    )


@pytest.mark.parametrize(("old", "new"), [(",33,", ",34,"), (",33,", ",,"), ("follow_up_2", "follow_up_3")])
def test_the_comparison_sees_one_changed_value(exported, old, new):
    folder = exported(SGDATA, "limited")
    master = folder / "master.csv"
    master.write_text(master.read_text().replace(old, new, 1), newline="")
    assert compare(published(SGDATA), folder) == 1
