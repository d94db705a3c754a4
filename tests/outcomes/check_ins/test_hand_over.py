"""A tablet handed over: the staff session is gone, nothing of the record can be reached, and no former answer shows."""

import pytest
from django.conf import settings

from clinic.rows import rows_of
from outcomes.instruments import registry
from outcomes.models import Assessment, CheckIn
from tests import make, pseudo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("logins")]


@pytest.fixture
def tablet(client_of, therapist):
    """The clinic's tablet, with a member of staff signed in."""
    return client_of(therapist)


def over(tablet, enrolment, *keys):
    """Hand it over with these questions."""
    sent = {"id": make.new_id(), "instruments": keys or ["gad7"]}
    return tablet.post(f"/outcomes/enrolments/{enrolment.pk}/hand-over/", sent)


def again(tablet, row):
    """Hand an unfinished one over once more."""
    return tablet.post(f"/outcomes/check-ins/{row.pk}/hand-over/", {"id": make.new_id()})


def sign_in(tablet, browser):
    """Staff sign in on the tablet, second factor and all."""
    tablet.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value


def reachable(tablet, enrolment):
    """Which pages of the record the tablet still shows."""
    person = enrolment.participant_id
    paths = (
        "/",
        f"/outcomes/participants/{person}/",
        "/participants/",
        f"/outcomes/enrolments/{enrolment.pk}/assess/",
    )
    return [path for path in paths if tablet.get(path).status_code == 200]


def fill(tablet, count, value):
    for number in range(1, count + 1):
        assert tablet.post(f"/c/q/{number}/", {f"item_{number}": value}).status_code == 302
    return tablet.post("/c/done/").content.decode()


def test_the_staff_session_ends_with_it(tablet, enrolment):
    assert over(tablet, enrolment)["Location"] == "/c/q/"
    assert reachable(tablet, enrolment) == [] and settings.SESSION_COOKIE_NAME not in {
        name for name, cookie in tablet.cookies.items() if cookie.value
    }
    assert tablet.get("/c/q/1/").status_code == 200


def test_it_needs_no_demo_for_somebody_reads_it_at_once(tablet, enrolment):
    assert not settings.DEMO
    assert over(tablet, enrolment).status_code == 302
    page = fill(tablet, 7, 1)
    assert "Please give the tablet back" in page and "Staff: sign in to go on" in page
    with rows_of([enrolment.site_id]):
        assert (Assessment.objects.get().score, CheckIn.objects.get().way) == (7, "tablet")


def test_the_way_back_asks_for_a_sign_in(tablet, enrolment):
    over(tablet, enrolment)
    fill(tablet, 7, 1)
    answer = tablet.get("/c/back/")
    with rows_of([enrolment.site_id]):
        row = CheckIn.objects.get()
    assert answer["Location"] == f"/outcomes/check-ins/{row.pk}/"
    assert "/accounts/login/" in tablet.get(answer["Location"])["Location"]
    assert not tablet.cookies["afterward_check_in"].value


def test_the_next_person_sees_nothing_of_the_former(client_of, therapist, tablet, enrolment, programme, site):
    other = make.enrolment(make.participant(site, by=therapist), programme, by=therapist)
    over(tablet, enrolment)
    tablet.post("/c/q/1/", {"item_1": 3})
    sign_in(tablet, client_of(therapist))
    over(tablet, other)
    page = tablet.get(tablet.get("/c/q/")["Location"])
    assert (
        page.context["number"] == 1 and not page.context["known"] and " checked" not in page.content.decode()
    )


def test_it_goes_on_where_it_stopped(client_of, tablet, therapist, enrolment):
    over(tablet, enrolment)
    tablet.post("/c/q/1/", {"item_1": 3})
    tablet.get("/c/back/")
    sign_in(tablet, client_of(therapist))
    with rows_of([enrolment.site_id]):
        row = CheckIn.objects.get()
    assert "Go on with this tablet" in tablet.get(f"/outcomes/check-ins/{row.pk}/").content.decode()
    assert again(tablet, row)["Location"] == "/c/q/"
    assert tablet.get("/c/q/")["Location"] == "/c/q/2/" and reachable(tablet, enrolment) == []


def test_an_ended_one_cannot_be_handed_over_again(client_of, tablet, therapist, enrolment):
    over(tablet, enrolment)
    fill(tablet, 7, 0)
    sign_in(tablet, client_of(therapist))
    with rows_of([enrolment.site_id]):
        row = CheckIn.objects.get()
    assert again(tablet, row).status_code == 404


def test_an_at_risk_answer_sends_the_participant_to_staff(tablet, enrolment):
    over(tablet, enrolment, "phq9")
    for number in range(1, 9):
        tablet.post(f"/c/q/{number}/", {f"item_{number}": 0})
    page = tablet.get(tablet.post("/c/q/9/", {"item_9": 2})["Location"]).content.decode()
    assert "say it now to the member of staff" in page


@pytest.mark.parametrize("keys", [["isi"], ["caps5"], [], ["x" * 500], ["gad7", "nothing"]])
def test_what_cannot_be_asked_keeps_the_session(tablet, enrolment, keys):
    answer = tablet.post(
        f"/outcomes/enrolments/{enrolment.pk}/hand-over/", {"id": make.new_id(), "instruments": keys}
    )
    assert answer.status_code == 400 and reachable(tablet, enrolment) != []


def test_there_is_no_way_back_for_who_was_handed_nothing(client):
    assert client.get("/c/back/").status_code == 410


def test_every_text_is_translated(tablet, therapist, enrolment, participant):
    with pseudo.language():
        form = tablet.get(f"/outcomes/enrolments/{enrolment.pk}/hand-over/").content.decode()
        over(tablet, enrolment)
        pages = [tablet.get("/c/q/1/").content.decode(), fill(tablet, 7, 0)]
    titles = tuple(instrument.title for instrument in registry.all())
    data = (participant.code, "Wren", "Harbour", therapist.name, "Lifeline", "Emergency", *titles)
    assert [pseudo.untranslated(page, data=data) for page in [form, *pages]] == [[], [], []]
