"""Deciding whether somebody is dosed at all."""

import json
import re

import pytest

from clinic.models import AuditEvent, Signature
from clinic.rows import rows_of
from clinic.services.participants import keys_of
from sessions.models import EligibilityDecision
from sessions.screening.catalogue import catalogue
from sessions.standing import standing_of
from tests import make, screened
from tests.make import PASSWORD
from tests.sessions.eligibility.conftest import SHOWN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("protocol")]
SAYS_TOO_MUCH = re.compile(r"\b(safe|clear|low risk)\b", re.IGNORECASE)


def words(html: str) -> str:
    """What a person reads of a page's main part."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def stored(enrolment) -> list[EligibilityDecision]:
    with rows_of([enrolment.site_id]):
        return list(EligibilityDecision.objects.filter(enrolment=enrolment))


def test_nothing_is_chosen_beforehand(look, physician, enrolment, excluded):
    html = look(physician, enrolment)
    form = html[html.index('id="decide"') :]
    assert "checked" not in form
    assert re.findall(r'<option value="([^"]*)" selected', form) == [""]


def test_what_is_not_known_stands_first_and_what_triggered_nothing_is_folded(
    look, physician, enrolment, excluded, therapist
):
    screened.finding(enrolment, "housing", "none", by=therapist)
    screened.finding(enrolment, "lactation", "never", by=therapist)
    html = look(physician, enrolment)
    heads = [html.index(f'id="g-{one}"') for one in ("not-known", "exclude", "sign-off", "untriggered")]
    assert heads == sorted(heads)
    assert '<details class="folded"><summary' in html and "not endorsed. No rule triggered." in html


def test_no_page_says_that_somebody_may_be_dosed(look, physician, enrolment, excluded, decide, client_of):
    answer = decide(physician, enrolment)
    pages = [look(physician, enrolment), client_of(physician).get(answer.url).content.decode()]
    assert [SAYS_TOO_MUCH.findall(words(html)) for html in pages] == [[], []]


def test_a_decision_is_stored_signed_and_counts(eligible, physician, enrolment, rows):
    answer = eligible(physician, enrolment)
    (decision,) = stored(enrolment)
    signature = Signature.objects.get(record="eligibility", record_id=decision.pk)
    assert answer.url == f"/sessions/decisions/{decision.pk}"
    assert (signature.signer, signature.record_sha256) == (physician, decision.sha256)
    assert standing_of(enrolment.pk).state == "green"


def test_the_rationale_is_sealed_and_no_free_text_of_a_finding_is_frozen(
    decide, enrolment, physician, therapist
):
    row = screened.finding(enrolment, "intention", "To grieve for Ada", by=therapist)
    decide(physician, enrolment, rationale="Ada is not to be named.")
    (decision,) = stored(enrolment)
    assert "Ada" not in decision.evidence and str(row.pk) in decision.evidence
    with rows_of([enrolment.site_id]):
        key = keys_of(enrolment.participant_id)
        assert key.open(decision, "rationale_sealed") == "Ada is not to be named."


def test_the_evidence_holds_what_the_signature_is_to_cover(decide, enrolment, physician, excluded, protocol):
    decide(physician, enrolment, reasons=["rule.psychotic_disorder"])
    (decision,) = stored(enrolment)
    facts = json.loads(decision.evidence)
    result = next(one for one in facts["results"] if one["rule"] == "rule.psychotic_disorder")
    assert facts["format"] == "afterward eligibility evidence 1"
    assert (facts["protocol"]["sha256"], facts["protocol"]["number"]) == (protocol.sha256, 1)
    assert facts["versions"].keys() == {"rules", "catalogue", "medicines"}
    assert {"sentence", "source", "mark", "threshold", "verdict"} <= result.keys()
    assert facts["findings"][0]["value"] == "Yes, in the past"
    assert (facts["decision"]["outcome"], decision.reasons) == ("not-eligible", ["rule.psychotic_disorder"])
    assert decision.evidence == json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_whom_the_protocol_does_not_name_reads_why_and_decides_nothing(
    look, decide, therapist, physician, enrolment
):
    said = "The protocol lets these roles decide here: Physician. Yours: Therapist."
    html = look(therapist, enrolment)
    answer = decide(therapist, enrolment, results_sha256=SHOWN.search(look(physician, enrolment))[1])
    assert said in html and "results_sha256" not in html
    assert answer.status_code == 400 and said in answer.content.decode()
    assert stored(enrolment) == []


def test_a_wrong_password_stores_nothing(decide, physician, enrolment):
    answer = decide(physician, enrolment, password="guessed")
    assert "This is not your password" in answer.content.decode() and stored(enrolment) == []


def test_an_exclusion_stands_in_the_way_of_eligible(eligible, physician, enrolment, excluded):
    answer = eligible(physician, enrolment)
    assert "These stand in the way of “eligible”: A primary psychotic disorder" in answer.content.decode()
    assert stored(enrolment) == []


def test_what_is_not_known_and_required_stands_in_the_way(
    programme, participant, therapist, eligible, physician
):
    text = screened.TEXT.replace(screened.REQUIRED, f"{screened.REQUIRED}lactation = 30\n")
    other = make.programme(programme.site, code="OTHER")
    screened.protocol(other, text)
    enrolment = make.enrolment(participant, other, by=therapist)
    answer = eligible(physician, enrolment)
    label = catalogue().factors["lactation"].label
    assert f"stand in the way of “eligible”: {label}: not known." in answer.content.decode()
    assert stored(enrolment) == []


def test_each_sign_off_is_weighed_by_a_tick_before_eligible(eligible, physician, enrolment, therapist):
    screened.finding(enrolment, "housing", "none", by=therapist)
    refused = eligible(physician, enrolment)
    assert "Weigh each of these and tick it. Open: Housing" in refused.content.decode()
    assert eligible(physician, enrolment, weighed=["rule.housing"]).status_code == 302
    assert json.loads(stored(enrolment)[0].evidence)["decision"]["weighed"] == ["rule.housing"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reasons": []}, "Name what turned this person away"),
        ({"outcome": "defer"}, "Say until when it is deferred."),
        ({"outcome": "defer", "defer_until": "2020-01-01"}, "Enter a day after today."),
        ({"defer_until": "2999-01-01"}, "Leave the day empty unless you defer."),
        ({"outcome": "eligible"}, "Reasons are named when somebody is turned away."),
        ({"overridden": ["rule.psychotic_disorder"]}, "Only a decision for eligible overrides a rule."),
        ({"reasons": ["rule.nobody_knows"]}, "There is no such result."),
        ({"rationale": " "}, "Write why you decide so."),
        ({"outcome": ""}, "Choose what you decide"),
        ({"password": ""}, "Enter your password or a code"),
    ],
)
def test_what_does_not_fit_is_said_and_not_stored(decide, physician, enrolment, excluded, fields, said):
    answer = decide(physician, enrolment, **fields)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert stored(enrolment) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"override_reason": " "}, "Say why the rule is overridden."),
        ({"physician": ""}, "Name the physician who answers for overriding."),
        ({"overridden": []}, "These stand in the way of “eligible”"),
    ],
)
def test_overriding_names_rule_reason_and_physician(override, enrolment, fields, said):
    answer = override(**fields)
    assert answer.status_code == 400 and said in answer.content.decode()
    assert stored(enrolment) == []


def test_the_protocol_names_whose_role_answers_for_overriding(override, therapist, enrolment):
    answer = override(physician=str(therapist.pk))
    assert "The protocol does not name this person&#x27;s role for that." in answer.content.decode()
    assert stored(enrolment) == []


def test_the_same_form_twice_is_one_decision(decide, look, physician, enrolment):
    fields = {"id": make.new_id(), "results_sha256": SHOWN.search(look(physician, enrolment))[1]}
    first, again = (decide(physician, enrolment, **fields) for _ in range(2))
    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert len(stored(enrolment)) == 1


def test_results_that_changed_since_are_decided_on_anew(eligible, look, physician, enrolment, therapist):
    before = SHOWN.search(look(physician, enrolment))[1]
    screened.finding(enrolment, "psychotic_disorder", "past", by=therapist)
    answer = eligible(physician, enrolment, results_sha256=before, rationale="Typed with care.")
    html = answer.content.decode()
    assert answer.status_code == 400 and stored(enrolment) == []
    assert "The results changed since you opened this page." in html
    assert "Typed with care." in html and "checked" not in html[html.index('id="decide"') :]
    again = SHOWN.search(html)[1]
    assert again != before
    assert eligible(physician, enrolment, results_sha256=again).status_code == 400
    assert stored(enrolment) == []


def test_a_medicine_added_in_between_is_noticed_too(eligible, look, physician, enrolment, therapist):
    before = SHOWN.search(look(physician, enrolment))[1]
    screened.medicine(enrolment, "Sertraline", by=therapist)
    answer = eligible(physician, enrolment, results_sha256=before)
    assert "The results changed since you opened this page." in answer.content.decode()


def test_who_decides_second_has_not_seen_the_first_decision(decide, look, physician, second, enrolment):
    seen = SHOWN.search(look(second, enrolment))[1]
    decide(physician, enrolment)
    answer = decide(second, enrolment, results_sha256=seen)
    assert "The results changed since you opened this page." in answer.content.decode()
    assert len(stored(enrolment)) == 1


def test_a_washout_is_counted_to_the_day_that_is_asked_for(look, decide, physician, enrolment, therapist):
    screened.medicine(enrolment, "Phenelzine", by=therapist, stopped=True, last_taken_on="2026-01-01")
    html = look(physician, enrolment, "?dosing_on=2031-03-01")
    assert "The dosing day is 2031-03-01" in html
    decide(physician, enrolment, results_sha256=SHOWN.search(html)[1], dosing_on="2031-03-01")
    assert json.loads(stored(enrolment)[0].evidence)["dosing_on"] == "2031-03-01"


def test_without_a_protocol_the_page_says_who_imports_one(look, physician, participant, site, therapist):
    other = make.programme(site, code="OTHER")
    html = look(physician, make.enrolment(participant, other, by=therapist))
    assert "No protocol was imported for this programme." in html


def test_a_decision_leaves_an_audit_event_with_actor_and_reason(logins, decide, physician, enrolment):
    decide(physician, enrolment)
    (decision,) = stored(enrolment)
    with rows_of([enrolment.site_id], using="auditor"):
        event = AuditEvent.objects.using("auditor").get(
            table="therapy_eligibilitydecision", row_id=decision.pk
        )
    assert (event.actor, event.reason) == (str(physician.pk), "eligibility decided")


def test_the_api_shows_the_results_and_decides_on_them(client_of, call, physician, enrolment, excluded):
    url = f"/api/v1/enrolments/{enrolment.pk}/eligibility/"
    shown = client_of(physician).get(url).json()
    assert [one["rule"] for one in shown["results"] if one["blocks"]] == ["rule.psychotic_disorder"]
    fields = {
        "outcome": "not-eligible",
        "rationale": "As the rule says.",
        "reasons": ["rule.psychotic_disorder"],
    }
    sent = {**fields, "results_sha256": shown["results_sha256"], "password": PASSWORD}
    assert call(physician, url, **{**sent, "results_sha256": "0" * 64}).status_code == 400
    assert call(physician, url, **sent).status_code == 201
    after = client_of(physician).get(url).json()
    assert (after["latest"]["outcome"], after["state"]) == ("not-eligible", "red")
    assert after["latest"]["sha256"] == stored(enrolment)[0].sha256


def test_screening_and_eligibility_lead_to_each_other(look, client_of, physician, enrolment):
    overview = f"/sessions/screening/{enrolment.pk}/"
    assert f'href="{overview}"' in look(physician, enrolment)
    html = client_of(physician).get(overview).content.decode()
    assert f'href="/sessions/enrolments/{enrolment.pk}/eligibility"' in html
