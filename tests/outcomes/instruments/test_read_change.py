"""What a change may be called."""

from decimal import Decimal

import pytest

from outcomes.instruments import registry
from outcomes.instruments.change import change


@pytest.mark.parametrize(
    ("key", "before", "now", "text", "better"),
    [
        ("pcl5", 52, 38, "Better, meaningful", True),
        ("pcl5", 52, 47, "Better, reliable", True),
        ("pcl5", 40, 50, "Worse, meaningful", False),
        ("pcl5", 52, 48, "Within noise", True),
        ("pcl5", 52, 52, "Within noise", None),
        ("who5", 28, 44, "Better, meaningful", True),
        # No limit for the PHQ-9 was read in a source, so none is claimed.
        ("phq9", 19, 13, "No published limit", True),
        ("imported_thing", 1, 2, "No published limit", None),
    ],
)
def test_a_change_reads_by_published_limits_alone(key, before, now, text, better):
    found = change(registry.measure(key), Decimal(before), Decimal(now))
    assert (str(found.text), found.better, found.points) == (text, better, now - before)
