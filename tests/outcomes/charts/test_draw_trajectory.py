"""The trajectory chart: sound markup for any data, and the same content as words and as a table."""

from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from outcomes.charts.trajectory import Dose, Point, trajectory
from outcomes.instruments import registry

DOSE_1 = date(2026, 10, 26)
TODAY = date(2026, 11, 23)
HOSTILE = "<script>alert(1)</script>&\"'\x00\x1b]]>"
DOSES = [Dose(DOSE_1), Dose(TODAY), Dose(date(2026, 12, 21), given=False)]
PHQ9, PCL5 = registry.get("phq9"), registry.get("pcl5")


def point(week, value, **more):
    return Point(DOSE_1 + timedelta(weeks=week), None if value is None else Decimal(value), **more)


COURSE = [point(-6, 19), point(-3, 18), point(1, 14), point(2, None), point(3, "11.25", prorated=True)]


def draw(points=COURSE, instrument=PHQ9, doses=DOSES, **more):
    with override("en-gb"):
        return trajectory(points, instrument, doses, identifier="c1", today=TODAY, **more)


def parsed(chart):
    return ElementTree.fromstring(chart.svg)  # noqa: S314 - our own markup


def classes(chart):
    return [element.get("class", "") for element in parsed(chart).iter()]


@pytest.mark.parametrize(
    "points",
    [[], [point(0, 5)], [point(0, None)], [point(0, None), point(1, None, answered=True)], COURSE],
    ids=["no point", "one point", "missed", "all missed", "a course"],
)
@pytest.mark.parametrize("doses", [[], DOSES, [Dose(DOSE_1)] * 3], ids=["no dose", "doses", "same day"])
def test_the_markup_is_sound_for_little_data(points, doses):
    chart = draw(points, doses=doses)
    assert parsed(chart).tag == "svg"
    assert len(chart.rows) == len(points)
    assert not [text for text in (chart.claim, chart.sentence) if "None " in text or not text]


@given(st.data())
def test_the_markup_is_sound_for_any_data(data):
    instrument = data.draw(st.sampled_from([*registry.all(), registry.measure("imported")]))
    values = st.none() | st.decimals(-1000, 1000, places=3)
    days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
    points = data.draw(st.lists(st.builds(Point, days, values, st.booleans(), st.booleans()), max_size=60))
    doses = data.draw(st.lists(st.builds(Dose, days, st.booleans()), max_size=5))
    chart = draw(points, instrument, doses)
    assert "nan" not in chart.svg and "inf" not in chart.svg
    assert parsed(chart).get("role") == "img"


def test_nothing_is_inline_and_the_outer_drawing_has_no_viewbox():
    root = parsed(draw())
    names = {name for element in root.iter() for name in element.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on") or "href" in name]
    assert "viewBox" not in root.attrib
    assert "script" not in {element.tag for element in root.iter()}


def test_hostile_text_is_shown_as_text():
    chart = draw(instrument=registry.measure("imported", title=HOSTILE))
    assert "<script" not in chart.svg
    assert any("<script>alert(1)</script>" in (element.text or "") for element in parsed(chart).iter("text"))


def test_a_template_does_not_escape_the_drawing_again():
    chart = draw()
    assert conditional_escape(chart.svg) == chart.svg
    assert chart.svg.startswith("<svg")


def test_every_id_begins_with_the_identifier():
    ids = [element.get("id") for element in parsed(draw()).iter() if element.get("id")]
    assert ids == ["c1-t", "c1-d"]
    assert parsed(draw()).get("aria-labelledby") == "c1-t c1-d"


@pytest.mark.parametrize("identifier", ["", "1a", 'a"b', "a b", "<x>", "é", "a" * 65])
def test_an_identifier_that_cannot_be_an_id_is_refused(identifier):
    with pytest.raises(ValueError, match="cannot begin an id"):
        trajectory([], PHQ9, identifier=identifier, today=TODAY)


def test_bands_come_from_the_instrument_and_the_pcl5_has_none():
    assert {f"b{n}" for n in range(5)} <= set(classes(draw()))
    assert not {f"b{n}" for n in range(5)} & set(classes(draw(instrument=PCL5)))


def test_given_and_planned_doses_are_told_apart():
    found = classes(draw())
    assert (found.count("dose"), found.count("dose ahead")) == (2, 1)


def test_a_missed_occasion_is_a_cross_and_a_gap_in_the_line():
    found = classes(draw())
    assert (found.count("miss"), found.count("l s1 gap"), found.count("l s1")) == (1, 1, 1)


def test_an_estimated_total_has_an_open_marker():
    assert classes(draw()).count("p s1 open") == 1


def test_only_the_first_and_the_last_value_are_labelled():
    labels = [e.text for e in parsed(draw()).iter("text") if e.get("class") == "flag-t"]
    assert labels == ["19", "11.25"]


def test_today_is_marked_while_something_lies_ahead():
    ahead = [Dose(DOSE_1), Dose(date(2027, 1, 11), given=False)]
    assert "nowline" in classes(draw(doses=ahead))
    assert "nowline" not in classes(draw(doses=[Dose(DOSE_1)]))


def test_the_rows_hold_every_occasion_in_order():
    rows = draw([*reversed(COURSE), point(4, None, answered=True, note="3 of 9 missing")]).rows
    assert [str(row.week) for row in rows] == ["-6.0", "-3.0", "1.0", "2.0", "3.0", "4.0"]
    assert [str(row.text) for row in rows] == ["19", "18", "14", "Missed", "11.25", "Not scorable"]
    assert [str(row.band) for row in rows][::4] == ["Moderately severe", "Moderate"]
    assert (rows[4].prorated, rows[5].note) == (True, "3 of 9 missing")
