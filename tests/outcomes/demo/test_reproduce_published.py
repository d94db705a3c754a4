"""The demo programme gives the published figures, and the file of figures equals the published data."""

import csv
import os
from pathlib import Path
from random import Random
from statistics import mean, stdev

import pytest

from outcomes.demo.cohort import SEED, cohort
from outcomes.demo.integers import integers
from outcomes.demo.published import published
from outcomes.instruments import registry

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "mdma_ptsd_metapsy.csv"
STUDY = published()
VISITS = [
    pytest.param(number, arm, visit, id=f"{arm.key}-{visit.key}")
    for number, arm in enumerate(STUDY.arms, start=1)
    for visit in arm.visits
]


@pytest.fixture(scope="module")
def rows():
    """The published rows of this study and measure, with numbers as numbers."""
    if not DATA.is_file() and not os.environ.get("CI"):
        pytest.skip("../shared/data is not there")
    with DATA.open(encoding="utf-8", newline="") as file:
        found = [
            {key: value.replace(",", ".") for key, value in row.items()}
            for row in csv.DictReader(file, delimiter=";")
            if row["study"] == STUDY.study and row["instrument"] == "caps-5"
        ]
    return {(row["outcome_type"], float(row["time_weeks"])): row for row in found}


def figures(rows, number, visit):
    """n, mean and SD as published."""
    if visit.week == 0:
        row, names = rows["msd", 4.0], ("baseline_n_arm", "baseline_m_arm", "baseline_sd_arm")
    else:
        row, names = rows["msd", float(visit.week)], ("n_arm", "mean_arm", "sd_arm")
    return tuple(float(row[f"{name}{number}"]) for name in names)


def totals(arm, visit, seed=SEED):
    found = [getattr(person, visit.key) for person in cohort(seed) if person.arm == arm.key]
    return [total for total in found if total is not None]


@pytest.mark.data
@pytest.mark.parametrize(("number", "arm", "visit"), VISITS)
def test_the_file_of_figures_equals_the_published_data(rows, number, arm, visit):
    assert (visit.n, visit.mean, visit.sd) == pytest.approx(figures(rows, number, visit), abs=0.005)


@pytest.mark.data
@pytest.mark.parametrize(("number", "arm", "visit"), VISITS)
def test_the_cohort_reproduces_the_published_data(rows, number, arm, visit):
    n, wanted_mean, wanted_sd = figures(rows, number, visit)
    found = totals(arm, visit)
    assert len(found) == n
    assert mean(found) == pytest.approx(wanted_mean, abs=0.05)
    assert stdev(found) == pytest.approx(wanted_sd, abs=0.05)


@pytest.mark.data
@pytest.mark.parametrize(("number", "arm", "visit"), VISITS)
def test_as_many_respond_as_published(rows, number, arm, visit):
    people = [p for p in cohort() if p.arm == arm.key and getattr(p, visit.key) is not None]
    responded = sum(p.baseline - getattr(p, visit.key) >= STUDY.response_drop for p in people)
    if visit.week:
        row = rows["response", float(visit.week)]
        assert responded == visit.responders == int(row[f"event_arm{number}"])


@pytest.mark.data
def test_the_source_is_the_published_one(rows):
    row = rows["msd", 18.0]
    assert (STUDY.doi, STUDY.registration) == (row["doi"], row["registration_number"])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("number", "arm", "visit"), VISITS)
def test_any_seed_reproduces_the_figures(seed, number, arm, visit):
    found = totals(arm, visit, seed)
    assert (mean(found), stdev(found)) == pytest.approx((visit.mean, visit.sd), abs=0.05)


def test_totals_are_whole_and_possible():
    measure = registry.get(STUDY.instrument)
    for arm in STUDY.arms:
        for visit in arm.visits:
            assert all(type(total) is int and measure.score_total(total).band for total in totals(arm, visit))


def test_everybody_begins_with_severe_ptsd():
    assert min(person.baseline for person in cohort()) >= STUDY.entry_from


def test_who_has_left_stays_away():
    for person in cohort():
        kept = [getattr(person, visit.key) is not None for visit in STUDY.arms[0].visits]
        assert kept == sorted(kept, reverse=True)
        assert (person.left_after is None) == all(kept)


def test_the_same_seed_gives_the_same_ninety_people():
    assert len(cohort()) == 90
    assert cohort() == cohort() != cohort(seed=SEED + 1)


def test_the_order_does_not_tell_the_arm():
    first = {person.arm for person in cohort()[:12]}
    assert first == {arm.key for arm in STUDY.arms}


@pytest.mark.parametrize(
    ("n", "wanted_mean", "sd"),
    [(5, 90, 1), (4, 0, 5), (4, 40, 60)],
    ids=["mean above the range", "no room below", "SD wider than the range"],
)
def test_impossible_figures_are_said_to_be_impossible(n, wanted_mean, sd, monkeypatch):
    monkeypatch.setattr("outcomes.demo.integers.TRIES", 2000)
    with pytest.raises(ValueError, match="whole numbers 0 to 80"):
        integers(n, wanted_mean, sd, 0, 80, Random(1))  # noqa: S311 - no secret
