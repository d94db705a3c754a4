"""A check-in asks any instrument whose words may be shown, or several in order, one item a page."""

import pytest
from django.core.exceptions import ValidationError

from clinic.rows import rows_of
from outcomes.instruments import registry
from outcomes.instruments.wordings import wording
from outcomes.models import Assessment, CheckIn
from outcomes.services.check_ins import askable, make_check_in
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(demo, enrolment, therapist, site, logins):
    """Makes a link that asks these instruments; gives its secret."""

    def making(*keys):
        with rows_of([site.pk]):
            return make_check_in(by=therapist, enrolment=enrolment, hours=2, instruments=keys)[1]

    return making


def answer(phone, value=0, **special):
    """Answer the question that is open, and every one after it, up to the last page."""
    at = phone.get("/c/q/")["Location"]
    while at != "/c/done/":
        page = phone.get(at)
        if page.status_code == 302:
            at = page["Location"]
            continue
        step = page.context["step"]
        at = phone.post(at, {step.item.key: special.get(step.item.key, value)})["Location"]
        at = "/c/q/" if at == "/c/care/" else at


def sittings(enrolment):
    with rows_of([enrolment.site_id]):
        return {row.instrument: row for row in Assessment.objects.all()}


def test_several_are_asked_in_their_order_and_scored_apart(phone, link, enrolment):
    phone.post(f"/c/{link('gad7', 'phq9', 'daily_checkin')}/")
    assert phone.get("/c/q/1/").context["step"].instrument.key == "gad7"
    answer(phone, 1)
    assert "Thank you" in phone.post("/c/done/").content.decode()
    found = sittings(enrolment)
    assert (found["gad7"].score, found["phq9"].score, found["phq9"].safety) == (7, 9, ["item_9"])
    assert found["daily_checkin"].answers["mood"] == 1 and found["phq9"].mode == "self"
    assert found["phq9"].language == "en" and found["phq9"].started_at


def test_the_words_stand_as_they_are_with_their_stem_and_nothing_chosen(phone, link):
    phone.post(f"/c/{link('phq9')}/")
    page, words = phone.get("/c/q/1/").content.decode(), wording("phq9")
    assert words.stem in page and words.questions[0].text in page and " checked" not in page
    assert all(f"<span>{choice.label}</span>" in page for choice in words.questions[0].choices)
    assert "Pfizer" in page


def test_a_participant_is_asked_in_the_language_of_the_record(phone, link, participant, enrolment, site):
    with rows_of([site.pk], "tests"):
        type(participant).objects.filter(pk=participant.pk).update(language="de")
    phone.post(f"/c/{link('gad7')}/")
    assert wording("gad7", "de").questions[0].text in phone.get("/c/q/1/").content.decode()
    answer(phone)
    phone.post("/c/done/")
    assert sittings(enrolment)["gad7"].language == "de"


def test_no_at_the_gate_ends_the_screen(phone, link, enrolment):
    phone.post(f"/c/{link('pc_ptsd5')}/")
    assert phone.post("/c/q/1/", {"gate": "0"})["Location"] == "/c/done/"
    phone.post("/c/done/")
    assert sittings(enrolment)["pc_ptsd5"].score == 0


def test_what_is_asked_follows_the_answers_as_they_are_now(phone, link, enrolment):
    phone.post(f"/c/{link('pc_ptsd5')}/")
    phone.post("/c/q/1/", {"gate": "1"})
    assert phone.get("/c/done/")["Location"] == "/c/q/"
    phone.post("/c/q/1/", {"gate": "0"})
    assert phone.get("/c/done/").status_code == 200


def test_an_at_risk_answer_shows_the_numbers_at_once(phone, link):
    phone.post(f"/c/{link('phq9')}/")
    for number in range(1, 9):
        phone.post(f"/c/q/{number}/", {f"item_{number}": 0})
    assert phone.post("/c/q/9/", {"item_9": 1})["Location"] == "/c/care/"
    assert "tel:131114" in phone.get("/c/care/").content.decode()


def test_it_goes_on_where_it_stopped(phone, link):
    secret = link("gad7", "phq2")
    phone.post(f"/c/{secret}/")
    for number in range(1, 8):
        phone.post(f"/c/q/{number}/", {f"item_{number}": 3})
    phone.cookies.clear()
    assert phone.get(phone.post(f"/c/{secret}/")["Location"])["Location"] == "/c/q/8/"
    assert " checked" not in phone.get("/c/q/8/").content.decode()


@pytest.mark.parametrize(
    "keys",
    [(), ("phq9", "phq9"), ("isi",), ("cssrs_screener",), ("caps5",), ("who5",), ("nothing",), ("../x",)],
)
def test_what_may_not_be_asked_is_refused(link, keys):
    with pytest.raises(ValidationError, match="whose text may be shown"):
        link(*keys)


def test_only_texts_that_may_be_shown_are_offered(enrolment, logins):
    offered = {instrument.key for instrument in askable(enrolment, CheckIn.Way.LINK)}
    assert offered == {i.key for i in registry.all() if i.ships_text}


def test_staff_choose_what_a_link_asks(demo, client_of, therapist, enrolment):
    sent = {"id": make.new_id(), "hours": "24", "instruments": ["phq9", "gad7"]}
    address = f"/outcomes/enrolments/{enrolment.pk}/check-ins/new/"
    assert client_of(therapist).post(address, sent).status_code == 200
    assert (
        client_of(therapist).post(address, {**sent, "id": make.new_id(), "instruments": ["isi"]}).status_code
        == 400
    )
    with rows_of([enrolment.site_id]):
        assert CheckIn.objects.get().instruments == ["phq9", "gad7"]


def test_the_page_of_a_check_in_shows_all_answers_and_what_to_do(
    phone, link, client_of, therapist, enrolment
):
    phone.post(f"/c/{link('phq2', 'daily_checkin')}/")
    answer(phone, 1)
    phone.post("/c/done/")
    with rows_of([enrolment.site_id]):
        row = CheckIn.objects.get()
    page = client_of(therapist).get(f"/outcomes/check-ins/{row.pk}/").content.decode()
    assert wording("phq2").questions[0].text in page and "Several days" in page
    assert "Check-in: thoughts of not wanting to be alive" in page
