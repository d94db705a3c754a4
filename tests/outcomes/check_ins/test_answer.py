"""A participant answers by a link: one question a page, nothing shown again, and the link dies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.rows import rows_of
from clinic.services.participants import keys_of
from outcomes.instruments.definitions.daily_checkin import DAILY_CHECKIN
from outcomes.models import Assessment, CheckIn
from outcomes.views import check_in_door as door
from tests import pseudo

pytestmark = pytest.mark.django_db
ITEMS = DAILY_CHECKIN.items
SAFETY = len(ITEMS)


def start(phone, secret):
    """Press Start."""
    return phone.post(f"/c/{secret}/")


def answer_all(phone, **special):
    """Every question answered 0, or as said."""
    for number, item in enumerate(ITEMS, start=1):
        response = phone.post(f"/c/q/{number}/", {item.key: special.get(item.key, 0)})
        assert response.status_code == 302, response.content.decode()


def stored(check_in):
    """The row as it is now."""
    with rows_of([check_in.site_id]):
        return CheckIn.objects.get(pk=check_in.pk)


def test_get_changes_nothing(phone, made):
    page = phone.get(f"/c/{made[1]}/")
    assert page.status_code == 200
    assert stored(made[0]).opened_at is None and not page.cookies


def test_start_gives_a_narrow_cookie(phone, made):
    answer = start(phone, made[1])
    cookie = answer.cookies["afterward_check_in"]
    assert answer["Location"] == "/c/q/" and stored(made[0]).opened_at
    assert cookie["httponly"] and cookie["path"] == "/c/" and cookie["samesite"] == "Strict"
    assert made[1] not in cookie.value and 0 < cookie["max-age"] <= 7200


def test_headers(phone, made):
    page = phone.get(f"/c/{made[1]}/")
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_whole_way(phone, made, participant):
    start(phone, made[1])
    answer_all(phone, mood=7, hours_slept="6.5")
    thanks = phone.post("/c/done/", {"words": "A quiet day."}).content.decode()
    row = stored(made[0])
    assert "Thank you" in thanks and row.submitted_at
    with rows_of([row.site_id]):
        sitting = Assessment.objects.get(instrument="daily_checkin")
        assert keys_of(participant.pk).open(row, "words_sealed") == "A quiet day."
    assert sitting.answers["mood"] == 7 and sitting.answers["hours_slept"] == 6.5
    assert sitting.mode == "self" and sitting.recorded_by is None and sitting.score is None


def test_submitting_twice_is_once(phone, made):
    start(phone, made[1])
    answer_all(phone)
    first, second = phone.post("/c/done/"), phone.post("/c/done/")
    with rows_of([made[0].site_id]):
        assert Assessment.objects.count() == 1
    assert first.status_code == second.status_code == 200 and first.content == second.content


def test_link_dies_at_submission(phone, made):
    start(phone, made[1])
    answer_all(phone)
    phone.post("/c/done/")
    assert {phone.get(url).status_code for url in (f"/c/{made[1]}/", "/c/q/", "/c/q/1/", "/c/done/")} == {410}
    assert phone.post("/c/q/1/", {"mood": 3}).status_code == 410


def test_reopening_goes_on_and_shows_no_former_answer(phone, made):
    start(phone, made[1])
    phone.post("/c/q/1/", {"mood": 7})
    again = start(phone, made[1])
    assert phone.get(again["Location"])["Location"] == "/c/q/2/"
    assert " checked" not in phone.get("/c/q/1/").content.decode()


def test_jumping_ahead_goes_back(phone, made):
    start(phone, made[1])
    assert phone.get("/c/q/5/")["Location"] == phone.get("/c/done/")["Location"] == "/c/q/"


def test_rather_not_say(phone, made):
    start(phone, made[1])
    assert phone.post("/c/q/1/", {"skip": "1"})["Location"] == "/c/q/2/"
    row = stored(made[0])
    assert row.skipped == ["mood"] and row.answers == {}


def test_empty_form_keeps_what_is_there(phone, made):
    start(phone, made[1])
    phone.post("/c/q/1/", {"mood": 7})
    assert phone.post("/c/q/1/", {})["Location"] == "/c/q/2/"
    assert stored(made[0]).answers == {"mood": 7}


@pytest.mark.parametrize("value", ["", "11", "-1", "6.5", "x", "1" * 1000, "\x00"])
def test_wrong_answer_is_said_at_the_field(phone, made, value):
    start(phone, made[1])
    page = phone.post("/c/q/1/", {"mood": value})
    assert page.status_code == 400 and "There is a problem" in page.content.decode()
    assert stored(made[0]).answers == {}


def test_hours_in_halves_only(phone, made):
    start(phone, made[1])
    for number, item in enumerate(ITEMS[:4], start=1):
        phone.post(f"/c/q/{number}/", {item.key: 0})
    assert phone.post("/c/q/5/", {"hours_slept": "6.3"}).status_code == 400
    assert phone.post("/c/q/5/", {"hours_slept": "25"}).status_code == 400


def test_safety_answer_shows_the_care_card_at_once_and_at_the_end(phone, made):
    start(phone, made[1])
    answer_all(phone)
    at_once = phone.post(f"/c/q/{SAFETY}/", {"not_wanting_to_be_alive": "1"})
    card = phone.get(at_once["Location"]).content.decode()
    end = phone.post("/c/done/").content.decode()
    assert all(
        "tel:131114" in page and "not watched live" in page and 'class="care"' in page for page in (card, end)
    )
    with rows_of([made[0].site_id]):
        assert Assessment.objects.get().safety == ["not_wanting_to_be_alive"]


def test_no_identity_anywhere(phone, made, participant):
    pages = [phone.get(f"/c/{made[1]}/")]
    start(phone, made[1])
    pages += [phone.get("/c/q/1/"), phone.get("/c/care/")]
    answer_all(phone)
    pages += [phone.get("/c/done/"), phone.post("/c/done/")]
    text = "".join(page.content.decode() for page in pages)
    secrets = (participant.code, "Wren", "1984", str(participant.pk), str(made[0].pk), made[0].token_digest)
    assert not [secret for secret in secrets if secret in text]


def change(check_in, **values):
    """Put a check-in into a state."""
    with rows_of([check_in.site_id], "tests"):
        CheckIn.objects.filter(pk=check_in.pk).update(**values)


@pytest.mark.parametrize("name", ["expires_at", "withdrawn_at"])
def test_dead_link_is_the_same_page_as_a_wrong_one(phone, made, name):
    start(phone, made[1])
    change(made[0], **{name: timezone.now() - timedelta(minutes=1)})
    wrong = phone.get("/c/nobody-ever-made-this-one/")
    dead = phone.get(f"/c/{made[1]}/")
    assert wrong.status_code == dead.status_code == 410 and wrong.content == dead.content
    assert "tel:131114" in dead.content.decode() and phone.post("/c/q/1/", {"mood": 1}).status_code == 410


def test_forged_cookie(phone, made):
    phone.cookies["afterward_check_in"] = "a:b:c"
    assert phone.get("/c/q/1/").status_code == 410


@pytest.fixture
def same_minute(monkeypatch):
    """The limits count by the minute, and a slow machine may not reach them within one."""
    monkeypatch.setattr(door, "key_of", lambda kind, who: f"check-in:{kind}:{who}")


def test_guessing_is_slowed(phone, made, same_minute):
    codes = [phone.get(f"/c/guess-{number}/").status_code for number in range(22)]
    assert codes[:20] == [410] * 20 and codes[20:] == [429, 429]
    assert phone.get(f"/c/{made[1]}/").status_code == 429


def test_posting_by_machine_is_slowed(phone, made, same_minute):
    start(phone, made[1])
    codes = [phone.post("/c/q/1/", {"mood": 1}).status_code for _number in range(61)]
    assert codes[0] == 302 and codes[-1] == 429


def test_post_from_elsewhere_is_refused(phone, made):
    answer = phone.post(f"/c/{made[1]}/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403 and stored(made[0]).opened_at is None


def test_long_words_are_refused_and_the_link_lives(phone, made):
    start(phone, made[1])
    answer_all(phone)
    assert phone.post("/c/done/", {"words": "a" * 2001}).status_code == 400
    assert phone.post("/c/done/", {"words": "a\x07"}).status_code == 400
    assert stored(made[0]).submitted_at is None


def test_every_text_is_translated(phone, made):
    with pseudo.language():
        pages = [phone.get(f"/c/{made[1]}/"), phone.get("/c/wrong/")]
        start(phone, made[1])
        pages += [phone.get("/c/q/1/"), phone.get("/c/care/")]
        answer_all(phone)
        pages += [phone.get("/c/done/"), phone.post("/c/done/")]
    found = [pseudo.untranslated(page.content.decode(), data=("Lifeline", "Emergency")) for page in pages]
    assert found == [[]] * len(pages)
