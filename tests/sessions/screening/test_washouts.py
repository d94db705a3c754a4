"""The washout calendar: calendar days, the reason where there is no date, and the window after a dose."""

import datetime as dt
from dataclasses import replace

import pytest

from sessions.screening.washouts import Medicine, washout_calendar
from tests.sessions.screening.limits import LIMITS, limit

DAY = dt.date(2026, 3, 1)
DOSING = dt.date(2026, 4, 1)


def stopped(name: str, on: dt.date | None = DAY) -> Medicine:
    return Medicine("m1", name, on, None, True, False)


def entry(medicine, dosing_on=DOSING, thresholds=LIMITS, rule="", substance="MDMA"):
    found = washout_calendar(
        medicines=[medicine], thresholds=thresholds, dosing_on=dosing_on, substance=substance
    )
    return next(one for one in found if rule in ("", one.rule.key))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("Nardil", 14),
        ("moclobemide", 14),  # treated as an irreversible one
        ("ayahuasca", 3),
        ("fluoxetine", 35),  # its own, not five half-lives
        ("sertraline", 7),  # 5 × 26 h = 130 h: six days, and one for the unknown hour
        ("mirtazapine", 10),  # 5 × 40 h = 200 h
        ("sumatriptan", 2),  # 24 h without a clock
        ("St John's wort", 14),
    ],
)
def test_the_wait_is_counted_in_calendar_days(name, days):
    found = entry(stopped(name))
    assert (found.wait.days, found.ends_on) == (days, DAY + dt.timedelta(days=days))
    assert found.reason == ""


def test_the_wait_is_met_on_its_first_day_and_not_before():
    assert entry(stopped("phenelzine"), DAY + dt.timedelta(days=14)).met is True
    assert entry(stopped("phenelzine"), DAY + dt.timedelta(days=13)).met is False


def test_a_clock_change_and_a_leap_day_shift_nothing():
    assert entry(stopped("phenelzine", dt.date(2028, 2, 20))).ends_on == dt.date(2028, 3, 5)


@pytest.mark.parametrize(
    ("medicine", "rule", "reason"),
    [
        (stopped("phenelzine", None), "", "the day of the last intake is not known"),
        (stopped("fluvoxamine"), "ssri", "washout not known, ask: no half-life was read in a source"),
        (stopped("SSRI"), "ssri", "washout not known, ask: no half-life was read in a source"),
        (stopped("lithium"), "lithium_mdma", "washout not known, ask: no wait was read"),
        (stopped("5-HTP"), "", "washout not known, ask: no wait was read"),
        (stopped("ritonavir"), "", "no wait is named for it"),
        (
            Medicine("m1", "phenelzine", DAY, None, False, False),
            "",
            "it is still taken, and the prescriber has planned no end",
        ),
    ],
)
def test_where_there_is_no_date_the_reason_stands(medicine, rule, reason):
    found = entry(medicine, rule=rule)
    assert (found.ends_on, found.met, found.reason) == (None, None, reason)


def test_without_a_dosing_day_the_date_stands_and_nothing_is_met():
    found = entry(stopped("phenelzine"), dosing_on=None)
    assert (found.ends_on, found.met, found.reason) == (dt.date(2026, 3, 15), None, "no dosing day is set")


def test_a_plan_gives_a_date_and_is_not_yet_met():
    planned = Medicine("m1", "phenelzine", None, DAY, False, False)
    found = entry(planned)
    assert (found.ends_on, found.planned, found.met) == (dt.date(2026, 3, 15), True, False)


def test_an_intake_after_the_planned_end_counts_from_the_intake():
    late = Medicine("m1", "phenelzine", DAY + dt.timedelta(days=3), DAY, False, False)
    assert entry(late).ends_on == dt.date(2026, 3, 18)


def test_a_protocol_without_the_threshold_computes_no_date():
    found = entry(stopped("phenelzine"), thresholds={})
    assert found.reason == "washout not known, ask: the protocol has no threshold washout_maoi"


def test_a_threshold_in_a_strange_unit_computes_no_date():
    found = entry(
        stopped("phenelzine"), thresholds={"washout_maoi": limit("washout_maoi", "2", "fortnights")}
    )
    assert (found.ends_on, found.reason) == (None, "washout not known, ask: washout_maoi is in fortnights")


def test_a_protocol_may_lengthen_a_wait():
    longer = LIMITS | {
        "washout_maoi": replace(LIMITS["washout_maoi"], value=LIMITS["washout_maoi"].value * 2)
    }
    assert entry(stopped("phenelzine"), thresholds=longer).wait.days == 28


def test_what_is_resumed_shows_until_when_a_dose_acts_on_it():
    found = entry(stopped("codeine"), rule="cyp2d6_substrate")
    assert found.after_dose_until == DOSING + dt.timedelta(days=10)
    assert entry(stopped("phenelzine")).after_dose_until is None


@pytest.mark.parametrize(
    ("substance", "rule"), [("MDMA", "lithium_mdma"), ("Psilocybin", "lithium_psilocybin")]
)
def test_lithium_has_another_rule_with_each_substance(substance, rule):
    found = washout_calendar(
        medicines=[stopped("lithium")], thresholds=LIMITS, dosing_on=DOSING, substance=substance
    )
    assert [one.rule.key for one in found] == [rule]


def test_an_unknown_name_has_no_line_in_the_calendar():
    assert washout_calendar(medicines=[stopped("paracetamol")], thresholds=LIMITS, dosing_on=DOSING) == ()
