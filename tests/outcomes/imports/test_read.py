"""Reading delimited text: separators, encodings, line numbers, and rows that cannot be taken."""

import io
import re

import pytest

from clinic.refusals import RefusedError
from outcomes.imports.reader import Format, Row, Table


def table(content: str | bytes, known=("id",), **format) -> Table:
    content = content.encode() if isinstance(content, str) else content
    return Table(io.BytesIO(content), file="f.csv", format=Format(**format), known=known)


def first(content: str | bytes, **format):
    return next(iter(table(content, **format)))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_from_the_columns_of_the_map(separator):
    assert first(f"id{separator}x\n1{separator}2\n").cells == {"id": "1", "x": "2"}


def test_a_file_without_any_column_of_the_map_is_refused_with_what_to_do():
    with pytest.raises(
        RefusedError, match=r"f.csv, line 1: no separator found.*say separator under \[file\]"
    ):
        table("a,b\n1,2\n")


@pytest.mark.parametrize(
    ("encoding", "start"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("latin-1", b"")]
)
def test_text_is_read_in_the_encoding_of_the_map(encoding, start):
    assert first(start + "id\né\n".encode(encoding), encoding=encoding).cells == {"id": "é"}


def test_latin_1_bytes_in_a_utf_8_file_are_refused_with_the_line():
    with pytest.raises(RefusedError, match=r'line 3: byte 0xe9 is not UTF-8; .*encoding = "latin-1"'):
        list(table(b"id\n1\n\xe9\n"))


def test_line_numbers_are_those_of_the_file_after_a_quoted_line_break():
    rows = list(table('id,x\n"1","a b"\n2,"c\nd"\n3,e\n'))
    assert [row.line for row in rows] == [2, 3, 5]


def test_empty_lines_are_passed_over_and_still_counted():
    assert [row.line for row in table("id\n\n1\n\r\n2")] == [3, 5]


def test_blanks_round_a_cell_are_not_part_of_it():
    assert first("id , x\n 1 ,2\xa0\n", separator=",").cells == {"id": "1", "x": "2"}


def test_a_ragged_row_is_refused_and_the_next_one_read():
    refusal, row = table("id,x\n1\n2,3\n")
    assert str(refusal) == "f.csv, line 2: 1 cells in this row, 2 in the header"
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a\x00b", "control character U[+]0000"),
        ("a\x1b[31m", "control character U[+]001B"),
        ("a\u202eb", "control character U[+]202E"),
        ('"a\nb"', "control character U[+]000A"),
        ("x" * 1001, "1,001 characters; at most 1,000"),
        ("x" * 200_000, "longer than 131,072 characters"),
        ('"a"b', "quotation marks do not pair"),
        ('"never closed', "opened here and never closed"),
        ("a\rb", "lone carriage return"),
    ],
)
def test_a_cell_that_cannot_be_a_code_is_refused_with_the_line(cell, words):
    refusal = first(f"id,x\n1,{cell}\n")
    assert refusal.line == 2
    assert re.search(words, refusal.reason)


def test_a_line_of_more_than_a_megabyte_is_refused():
    with pytest.raises(RefusedError, match="line 2: the line is longer than 1,048,576 bytes"):
        list(table("id,x\n1," + "x" * 1_100_000 + "\n"))


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "empty"),
        ("id,id\n", "names 'id' twice"),
        ("id,,x\n", "column 2 has no usable name"),
        (",\n", "empty"),
    ],
)
def test_a_header_that_names_no_columns_is_refused(header, words):
    with pytest.raises(RefusedError, match=words):
        table(header, separator=",")
