"""One invented person for the demo: name, care team, enrolment, consent of every kind."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic import audit
from clinic.consents.questions import newest
from clinic.consents.texts import kinds, offered
from clinic.models import CareTeam, Consent, Enrolment, Participant, Programme, Site, User
from clinic.seeding import entered
from clinic.services import consents, participants
from clinic.services.understanding import record_understanding
from clinic.storing import insert
from outcomes.demo.names import name_of

SOON = timedelta(minutes=3)  # after it happened, somebody enters it


def add_person(programme: Programme, lead: User, rng: Random, number: int, *, days_ago: int) -> Enrolment:
    """An invented person with a care team, enrolled so many days ago, and entered on that day. Consent is the caller's."""
    day = participants.today_at(programme.site) - timedelta(days=days_ago)
    with entered(noon(programme.site, day)):
        person = invent(programme, lead, rng, number)
        enrolment = participants.enrol(by=lead, participant=person, programme=programme, enrolled_on=day)
        admit(enrolment, lead, noon(programme.site, day))
    return enrolment


def invent(programme: Programme, lead: User, rng: Random, number: int) -> Participant:
    """Somebody with a name that is nobody's."""
    given, family, born = name_of(rng, number)
    details = {
        "given_name": given,
        "preferred_name": given,
        "family_name": family,
        "birth_date": born.isoformat(),
    }
    return participants.add_participant(
        by=lead, site=programme.site, details=details, sex=rng.choice(("female", "female", "male"))
    )


def admit(enrolment: Enrolment, lead: User, at: datetime) -> None:
    """Somebody who treats."""
    with audit.change(by=lead, reason="care team"):
        insert(
            CareTeam(
                site=enrolment.programme.site,
                enrolment=enrolment,
                user=lead,
                part="Lead therapist",
                from_at=at,
            )
        )


def consent_to_everything(enrolment: Enrolment, lead: User) -> dict[str, Consent]:
    """A consent of each kind, given on the day of enrolment; by kind."""
    person = enrolment.participant
    given_at = noon(person.site, enrolment.enrolled_on)
    with entered(given_at):
        return {
            kind.value: consents.record_consent(
                by=lead,
                participant=person,
                kind=kind,
                text_version=offered(kind)[0].version,
                explained_by=lead,
                given_at=given_at,
            )
            for kind in kinds()
        }


def understand(consent: Consent, lead: User, **missed: list[str]) -> None:
    """The check of understanding on the day of the consent, right but for what is named."""
    questions, done = newest(), consent.given_at + timedelta(minutes=4)
    right = {question.key: list(question.correct) for question in questions.questions}
    with entered(done):
        record_understanding(
            by=lead,
            consent=consent,
            version=questions.version,
            language=questions.language,
            answers=right | missed,
            started_at=consent.given_at,
            finished_at=done,
        )


def noon(place: Site, day: date) -> datetime:
    """A moment in the morning of a day at a site, never ahead of now."""
    return min(datetime.combine(day, time(9, 30), ZoneInfo(place.time_zone)), timezone.now())
