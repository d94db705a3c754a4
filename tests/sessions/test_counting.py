"""Counting decisions for a report, and hiding what points at somebody."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from sessions.counting import LEAST, Decided, Quarter, hide, published, quarter_of

PATIENT = hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
COUNTS = st.fixed_dictionaries({name: st.integers(0, 12) for name in ("eligible", "not-eligible", "defer")})


def decisions(counts: dict[str, int], reasons: tuple[str, ...] = (), at: dt.datetime = NOW) -> list[Decided]:
    return [
        Decided("harbour", "Australia/Sydney", f"{outcome}{number}", outcome, reasons, at)
        for outcome, count in counts.items()
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("at", "zone", "quarter"),
    [
        ("2026-03-31T12:59:00+00:00", "Australia/Sydney", Quarter(2026, 1)),
        ("2026-03-31T13:01:00+00:00", "Australia/Sydney", Quarter(2026, 2)),
        ("2025-12-31T23:59:00+00:00", "UTC", Quarter(2025, 4)),
    ],
)
def test_a_quarter_is_that_of_the_sites_clock(at, zone, quarter):
    assert quarter_of(dt.datetime.fromisoformat(at), zone) == quarter


@PATIENT
@given(COUNTS)
def test_no_count_under_five_is_shown_and_no_single_gap_is_left(counts):
    shown = hide(counts)
    assert all(count is None or count >= LEAST for count in shown.values())
    assert list(shown.values()).count(None) != 1


@PATIENT
@given(COUNTS, st.data())
def test_what_is_published_does_not_depend_on_a_small_count(counts, data):
    small = [name for name, count in counts.items() if count < LEAST]
    if not small:
        return
    other = {**counts, data.draw(st.sampled_from(small)): data.draw(st.integers(0, LEAST - 1))}
    some = {"eligible": 1} if not sum(counts.values()) or not sum(other.values()) else {}
    assert published(decisions(counts | some), now=NOW) == published(decisions(other | some), now=NOW)


def test_a_total_is_shown_where_every_count_is():
    assert published(decisions({"eligible": 5, "not-eligible": 6, "defer": 7}), now=NOW)[0].total == 18
    assert published(decisions({"eligible": 5, "not-eligible": 6, "defer": 4}), now=NOW)[0].total is None


def test_a_reason_is_shown_neither_for_a_few_nor_for_all_but_a_few():
    shared = decisions({"not-eligible": 6}, ("rule.weight", "other"))
    rest = [
        Decided("harbour", "Australia/Sydney", f"x{n}", "not-eligible", ("other",), NOW) for n in range(4)
    ]
    (line,) = published([*shared, *rest], now=NOW)
    assert line.reasons == (("not-eligible", "other", 10),)


def test_a_quarter_without_decisions_stands_there_too_and_hides_that():
    before = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
    lines = published(decisions({"eligible": 9}, at=before), now=NOW)
    assert [str(line.quarter) for line in lines] == ["2026 Q2", "2026 Q1", "2025 Q4"]
    assert set(lines[0].outcomes.values()) == {None}
