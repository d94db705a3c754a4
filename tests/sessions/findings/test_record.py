"""Recording findings: by page and API through one service; corrected and never overwritten."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clinic.models import AuditEvent, Participant
from clinic.rows import rows_of
from clinic.services.participants import keys_of
from sessions.models import ScreeningFinding
from sessions.services.findings import Answer, record_screening
from tests import make
from tests.sessions.day import HOSTILE, at, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(therapist, enrolment):
    """Record answers at baseline, an hour ago: record(weight="62", …) or record(Answer(…))."""

    def send(*answers, occasion="baseline", **more):
        with rows_of([enrolment.site_id]):
            return record_screening(
                by=therapist,
                enrolment=enrolment,
                occasion=occasion,
                occurred_at=at(60),
                answers=answers,
                **more,
            )

    return send


def page(enrolment, group="physical", occasion="baseline") -> str:
    return f"/sessions/screening/{enrolment.pk}/{occasion}/{group}"


def weighed(value: str = "62", **more) -> Answer:
    return Answer(factor="weight", source="measurement", value=value, **more)


def test_a_page_stores_what_was_filled_in_and_nothing_else(post, therapist, enrolment, rows):
    answer = post(
        therapist,
        page(enrolment),
        occurred_at=typed(5),
        source="interview",
        weight="61.5",
        weight__source="measurement",
        thyroid="unknown",
    )
    assert answer.status_code == 302
    stored = ScreeningFinding.objects.values_list("factor", "value", "source", "catalogue")
    assert set(stored) == {("weight", "61.5", "measurement", "2"), ("thyroid", "unknown", "interview", "2")}


def test_a_page_is_stored_whole_or_not_at_all_and_says_what_is_wrong(post, therapist, enrolment, rows):
    answer = post(
        therapist, page(enrolment), occurred_at=typed(5), source="record", weight="9000", thyroid="never"
    )
    assert answer.status_code == 400
    assert answer.content.decode().count("Weight: This must be from 20 to 350 kg.") == 2
    assert not ScreeningFinding.objects.exists()


def test_an_empty_page_goes_on_and_stores_nothing(post, therapist, enrolment, rows):
    answer = post(therapist, page(enrolment), occurred_at=typed(5))
    assert answer.headers["Location"] == page(enrolment, "genetics_and_biomarkers")
    assert not ScreeningFinding.objects.exists()


def test_the_same_form_sent_twice_is_one_page(client_of, therapist, enrolment, rows):
    fields = {"id": "01900000-0000-7000-8000-0000000000aa", "occurred_at": typed(5), "source": "record"}
    for _twice in range(2):
        answer = client_of(therapist).post(page(enrolment), {**fields, "thyroid": "never"})
        assert answer.status_code == 302
    assert ScreeningFinding.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"weight": "60"}, "Say how this is known"),
        (
            {"blood_pressure": "140", "blood_pressure__low1": "80"},
            "Say how this is known: Measurement, Record",
        ),
        ({"source": "interview", "weight": "60", "weight__none": "unknown"}, "not both"),
        ({"source": "interview", "arrhythmia_history": ["other", "declined"]}, "not both"),
        ({"source": "interview", "arrhythmia_history": ["other", "none"]}, "endorses something and nothing"),
        ({"source": "record", "qtc": "430"}, "must be one of fridericia"),
        (
            {"source": "record", "blood_pressure": "80", "blood_pressure__low1": "120"},
            "systolic must be above",
        ),
    ],
)
def test_a_wrong_answer_is_named_beside_its_question(post, therapist, enrolment, fields, message):
    answer = post(therapist, page(enrolment), occurred_at=typed(5), **fields)
    assert (answer.status_code, message in answer.content.decode()) == (400, True)


def test_a_date_ahead_is_refused_and_a_month_that_began_is_not(record):
    day = {"source": "interview", "factor": "mdma_last_on"}
    with pytest.raises(ValidationError, match="lies ahead"):
        record(Answer(value="2999-01", **day))
    assert record(Answer(value=f"{at(0):%Y-%m}", **day))


def test_a_source_that_the_factor_does_not_take_is_refused(record):
    with pytest.raises(ValidationError, match="Say how this is known"):
        record(Answer(factor="qtc", source="self-report", value="unknown"))


def test_free_text_is_sealed_whatever_it_is_called(record, participant, rows):
    (row,) = record(
        Answer(factor="allergies", source="interview", value="Penicillin, at ten", words="A rash")
    )
    assert (row.value, b"Penicillin" in bytes(row.words_sealed)) == (None, False)
    opened = keys_of(participant.pk).open(row, "words_sealed")
    assert opened == "Penicillin, at ten\n\nA rash"


def test_the_audit_holds_no_word_of_it(record, logins, site):
    record(Answer(factor="allergies", source="interview", value="Penicillin"))
    with rows_of([site.pk], using="auditor"):
        seen = AuditEvent.objects.using("auditor").get(table="therapy_screeningfinding")
    assert "words_sealed" in seen.after
    assert "Penicillin" not in str(seen.after)


def test_words_alone_are_a_finding_without_a_value(record, rows):
    (row,) = record(Answer(factor="seizure_history", source="interview", words="Cannot remember"))
    assert row.value is None


def test_a_known_value_is_shown_and_not_refilled(client_of, therapist, enrolment, record):
    record(weighed("62"))
    html = client_of(therapist).get(page(enrolment)).content.decode()
    assert "62 kg" in html
    assert 'value="62"' not in html


def test_what_is_known_must_be_faced(post, therapist, enrolment, record):
    record(weighed("62"))
    answer = post(therapist, page(enrolment), occurred_at=typed(5), weight="60", weight__source="measurement")
    assert (answer.status_code, "Say whether this replaces it" in answer.content.decode()) == (400, True)


def test_a_correction_replaces_and_the_old_finding_stays(post, therapist, enrolment, record, rows):
    (old,) = record(weighed("62"))
    answer = post(
        therapist,
        page(enrolment),
        occurred_at=typed(5),
        weight="60",
        weight__source="measurement",
        weight__replaces=str(old.pk),
        reason="Scales were wrong",
    )
    assert answer.status_code == 302
    current = ScreeningFinding.objects.current().get()
    assert (current.value, current.replaces_id, current.reason) == ("60", old.pk, "Scales were wrong")
    assert ScreeningFinding.objects.in_force().count() == 2


def test_a_correction_without_a_reason_is_refused(record, therapist):
    (old,) = record(weighed("62"))
    with pytest.raises(ValidationError, match="Say why"):
        record(weighed("60", replaces=old))


def test_both_may_stand(post, therapist, enrolment, record, rows):
    record(weighed("62"))
    fields = {"weight": "60", "weight__source": "record", "weight__replaces": "beside"}
    assert post(therapist, page(enrolment), occurred_at=typed(5), **fields).status_code == 302
    assert ScreeningFinding.objects.current().count() == 2


def test_two_corrections_at_once_end_in_one(record):
    (old,) = record(weighed("62"))
    record(weighed("60", replaces=old, reason="Measured again"))
    with pytest.raises(ValidationError, match="This was replaced before"):
        record(weighed("61", replaces=old, reason="Measured again"))


@pytest.mark.parametrize("change", [{"factor": "thyroid", "value": "never"}, {}])
def test_a_finding_replaces_none_of_another_factor_or_person(
    change, record, therapist, programme, site, enrolment, rows
):
    """The gate looks away from what was replaced: even SQL must not make it look away from something else."""
    (old,) = record(weighed("62"))
    new = ScreeningFinding(
        site=site, enrolment=enrolment, factor="weight", value="60", source="interview", catalogue="2",
        occasion="baseline", occurred_at=at(1), recorded_by=therapist, replaces=old, reason="Measured again",
    )  # fmt: skip
    for name, value in change.items():
        setattr(new, name, value)
    if not change:
        new.enrolment = other_course(site, programme, therapist)
    with pytest.raises(IntegrityError, match="replaces_same"), transaction.atomic():
        new.save()


def other_course(site, programme, therapist):
    return make.enrolment(make.participant(site, by=therapist), programme, by=therapist)


def test_an_error_is_marked_and_what_it_replaced_stands_again(post, therapist, enrolment, record, rows):
    (old,) = record(weighed("62"))
    (new,) = record(weighed("60", replaces=old, reason="Measured again"))
    answer = post(therapist, f"/sessions/screening/findings/{new.pk}/withdraw", reason="Another person's")
    assert answer.status_code == 302
    assert ScreeningFinding.objects.current().get() == old


def test_the_overview_puts_what_is_not_known_first(client_of, pharmacist, enrolment, record):
    record(weighed("62"), Answer(factor="thyroid", source="interview", value="not_asked"))
    html = client_of(pharmacist).get(f"/sessions/screening/{enrolment.pk}/").content.decode()
    assert html.index('id="unknown"') < html.index("62 kg")
    assert "not asked" in html


@pytest.mark.parametrize("sex", ["male", "female"])
def test_pregnancy_is_asked_of_those_whom_it_concerns(
    sex, client_of, therapist, enrolment, participant, rows
):
    Participant.objects.filter(pk=participant.pk).update(sex=sex)
    html = client_of(therapist).get(page(enrolment)).content.decode()
    assert ("pregnancy test" in html) is (sex == "female")


def test_hostile_words_are_words(client_of, therapist, enrolment, record):
    record(Answer(factor="allergies", source="interview", value=HOSTILE))
    html = client_of(therapist).get(f"/sessions/screening/{enrolment.pk}/").content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    "path", ["dosing/physical", "baseline/dosing_morning", "baseline/moods", "party/physical"]
)
def test_a_page_that_there_is_not_is_not_found(path, client_of, therapist, enrolment):
    assert client_of(therapist).get(f"/sessions/screening/{enrolment.pk}/{path}").status_code == 404
