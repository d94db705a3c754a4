"""Writing export files: line ends, hashes, pieces, formulas, and folders that are whole or not there."""

import csv
import hashlib
import io
import json
from datetime import UTC, datetime

import pytest

from outcomes.exports.files import PIECE, ExportError, Tally, csv_bytes, pieces, whole_folder, write
from outcomes.exports.manifest import as_json, facts

LINES = [b"a,b\n", *(b"%d,x\n" % number for number in range(100_000))]


def test_lines_end_as_rfc_4180_says_and_nothing_is_lost():
    written = b"".join(pieces(LINES, Tally("master.csv")))
    assert written == b"".join(LINES).replace(b"\n", b"\r\n")


def test_the_tally_counts_and_hashes_what_was_written():
    tally = Tally("master.csv", ("a", "b"))
    written = b"".join(pieces(LINES, tally))
    found = tally.facts()
    assert (found["rows"], found["bytes"]) == (100_000, len(written))
    assert found["sha256"] == hashlib.sha256(written).hexdigest()


def test_pieces_stay_small_whatever_comes():
    sizes = [len(piece) for piece in pieces(LINES, Tally("master.csv"))]
    assert max(sizes) < 2 * PIECE


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-x", "@SUM(A1)", '"=1,2"'])
def test_a_text_that_a_spreadsheet_would_run_stops_the_export(cell):
    with pytest.raises(ExportError, match="a text that spreadsheets run as a formula"):
        list(pieces([b"a,b\n", f"1,{cell}\n".encode()], Tally("master.csv")))


@pytest.mark.parametrize("cell", ["-1.5", "-.5", "P-7KQ4-MRC", "1p-LSD", ""])
def test_codes_and_numbers_pass(cell):
    assert list(pieces([f"{cell},{cell}\n".encode()], Tally("master.csv")))


def test_a_codebook_text_cannot_be_run_either():
    rows = list(csv.reader(io.StringIO(csv_bytes(("a",), [("=1+1",), (None,), ("é",)]).decode())))
    assert rows == [["a"], ["'=1+1"], [""], ["é"]]


def test_a_whole_folder_is_put_in_place(tmp_path):
    with whole_folder(tmp_path / "out") as folder:
        write([b"a", b"b"], folder / "f.csv")
    assert (tmp_path / "out" / "f.csv").read_bytes() == b"ab"


def test_a_failed_export_leaves_no_folder(tmp_path):
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "out") as folder:
        write([b"a"], folder / "f.csv")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_refused(tmp_path):
    with pytest.raises(ExportError, match="is there already"), whole_folder(tmp_path):
        pass


def test_a_folder_under_nothing_is_refused(tmp_path):
    with pytest.raises(ExportError, match="There is no folder"), whole_folder(tmp_path / "a" / "b"):
        pass


def test_the_manifest_says_how_the_files_were_made():
    tally = Tally("master.csv", ("a", "b"))
    list(pieces(LINES, tally))
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    made = facts(
        [tally], version="0.1.0", programme="MAPP1", profile="limited", at=at, people={"exported": 3}
    )
    found = json.loads(as_json(made))
    assert found["participants"] == {"exported": 3}
    assert (found["created_at"], found["files"][0]["rows"]) == ("2026-11-23T09:00:00+00:00", 100_000)
