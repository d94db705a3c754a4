"""Small files and maps for the tests of imports."""

import io
from datetime import date

from outcomes.imports.catalogue import catalogue_of
from outcomes.imports.map_file import load
from outcomes.imports.plan import Plan, plan
from outcomes.imports.reader import Table

TODAY = date(2026, 11, 23)
LONG = """
name = "A small study"
shape = "long"
[file]
separator = ","
missing = ["NA"]
[columns]
participant = "id"
visit = "when"
instrument = "what"
[values]
value = "total"
[visits]
start = "baseline"
end = { key = "week_18", day = 126 }
[instruments]
PHQ = "phq9"
Mood = "mood"
[measures.mood]
title = "Mood"
total = { label = "Mood", minimum = -5, maximum = 5 }
"""
WIDE = """
name = "A wide study"
shape = "wide"
[columns]
participant = "id"
[[wide]]
pattern = "bdi_s{n}"
instrument = "bdi_ii"
measure = "total"
[visits]
0 = "baseline"
1 = "session_1"
[participant_values]
sex = "background.sex"
[measures.background]
sex = { label = "Sex", codes = ["male", "female"] }
"""


def planned(text: str | bytes, map_text: str = LONG, file: str = "small.csv") -> Plan:
    """The plan of a small file under a small map."""
    content = text.encode() if isinstance(text, str) else text
    mapping = load(map_text.encode(), file="small.toml")
    table = Table(io.BytesIO(content), file=file, format=mapping.format, known=mapping.fixed_columns)
    return plan(table, mapping, catalogue_of(mapping), today=TODAY)


def reasons(made: Plan) -> list[str]:
    return [str(refusal) for refusal in made.refusals]
