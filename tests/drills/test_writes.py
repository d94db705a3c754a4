"""Everything is killed while the API writes: no answered write is lost, and none that is sent again is doubled."""

import pytest

from tests.writers import Api, Writers, check_writes


@pytest.mark.parametrize("answers", [50, 200, 400])
def test_no_write_through_the_api_is_lost_or_doubled_when_everything_dies(clone, answers):
    clone.demo()
    api = Api(clone.port, clone.manage("issue_token", "therapist@harbour.example").strip())
    session = next(row["id"] for row in api.rows("/api/v1/sessions/") if row["ended_at"] is None)
    before = api.entries(session)
    with Writers(api, session, threads=4) as writers:
        writers.wait_for(answers)
        clone.kill()
    clone.demo()
    check_writes(writers, before)
