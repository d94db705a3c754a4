"""Compares a published file with the export of its import, value for value, by Python's csv module alone.

    python tests/compare_export.py SOURCE.csv EXPORT_FOLDER

The export holds no id of the source, so people are matched by all that is known of them: each person of
the source must be there once, with the same text at each visit and measure, missing ones included.
"""

import csv
import sys

VISITS = {"pre": "baseline", "post": "post", "ltfu": "follow_up", "s0": "baseline"}
VISITS |= {f"s{number}": f"session_{number}" for number in range(1, 13)}
VISITS |= {"fu1": "follow_up_1", "fu2": "follow_up_2"}
INSTRUMENTS = {"ooo": "odd_one_out", "enviromental mastery": "environmental_mastery", "rq": "rumination"}
INSTRUMENTS["self-acceptence"] = "self_acceptance"
LONG_COLUMNS = {"trial_id", "test", "tp", "value", "delta_value"}


def instrument(name):
    return INSTRUMENTS.get(name, name.lower().replace(" ", "_"))


def table(path):
    with open(path, newline="", encoding="utf-8") as handle:
        yield from csv.DictReader(handle, strict=True)


def long_source(rows):
    """The microdose trial: one row a person, occasion and test; the rest of the row is about the person."""
    for row in rows:
        place = VISITS[row["tp"]], instrument(row["test"])
        yield row["trial_id"], (*place, "total"), row["value"]
        yield row["trial_id"], (*place, "change"), row["delta_value"]
        for name in row.keys() - LONG_COLUMNS:
            yield row["trial_id"], ("entry", "background", name), row[name]


def wide_source(rows):
    """The session-by-session totals: one row a person, one column a measure and occasion."""
    for row in rows:
        for name in row.keys() - {"id"}:
            measure, _, visit = name.partition("_")
            yield row["id"], (VISITS[visit], instrument(measure), "total"), row[name]


def exported(rows):
    for row in rows:
        yield row["participant"], (row["visit"], row["instrument"], row["item"]), row["value"] or row["code"]


def people(cells):
    """Each person's values by place; a place that is given twice must hold one value."""
    found = {}
    for person, place, value in cells:
        if found.setdefault(person, {}).setdefault(place, value) != value:
            sys.exit(f"{person} has two values at {place}")
    return found


def counted(persons):
    counts = {}
    for values in persons.values():
        key = tuple(sorted(values.items()))
        counts[key] = counts.get(key, 0) + 1
    return counts


def summary(persons):
    """Count, missing and mean of every measure."""
    found = {}
    for values in persons.values():
        for place, value in values.items():
            found.setdefault(place[1:], []).append(value)
    return {measure: (*counts(values), mean(values)) for measure, values in found.items()}


def counts(values):
    missing = values.count("")
    return len(values) - missing, missing


def mean(values):
    """The mean of the numbers; sorted first, so that the sum does not depend on the order of rows."""
    numbers = sorted(float(value) for value in values if value.lstrip("-").replace(".", "", 1).isdigit())
    return sum(numbers) / len(numbers) if numbers else None


def differences(source, export):
    """What the two disagree on: persons without a counterpart, as (theirs, ours)."""
    theirs, ours = counted(source), counted(export)
    only_theirs = {key: count - ours.get(key, 0) for key, count in theirs.items() if count > ours.get(key, 0)}
    only_ours = {key: count - theirs.get(key, 0) for key, count in ours.items() if count > theirs.get(key, 0)}
    return only_theirs, only_ours


def main(source_path, export_folder):
    rows = list(table(source_path))
    source = people(long_source(rows) if "tp" in rows[0] else wide_source(rows))
    export = people(exported(table(f"{export_folder}/master.csv")))
    only_theirs, only_ours = differences(source, export)
    for title, persons in (("only in the source", only_theirs), ("only in the export", only_ours)):
        for values, count in list(persons.items())[:3]:
            print(f"{title}: {count} person(s) with {len(values)} values, beginning {values[:3]}")  # noqa: T201
    if only_theirs or only_ours or summary(source) != summary(export):
        return 1
    total = sum(len(values) for values in source.values())
    missing = sum(value == "" for values in source.values() for value in values.values())
    print(f"Equal: {len(source)} people, {total} values, {missing} of them missing.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
