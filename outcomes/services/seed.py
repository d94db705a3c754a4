"""Fills the demo clinic once: invented people, stored through the services, with dates that hang on today."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.utils import timezone

from clinic import audit
from clinic.models import Allocation, Membership, Programme, Site, User
from clinic.permissions import Role
from clinic.rows import rows_of
from clinic.seeding import ACTOR, entered, seeding
from clinic.services import accounts
from clinic.services.consents import record_source_consent
from clinic.services.demo import DEMO_PASSWORD, PEOPLE
from clinic.storing import insert
from outcomes.demo.cohort import SEED, SimulatedPerson, cohort
from outcomes.services.assessments import record_assessment
from outcomes.services.seed_courses import in_treatment
from outcomes.services.seed_people import SOON, add_person, noon
from outcomes.services.seed_screening import adopt_protocol

SITES = (("harbour", "Harbour", "Australia/Sydney"), ("hill", "Hill", "Australia/Melbourne"))
FINISHED, RUNNING = "MAPP1", "PTSD-CARE"
ADOPTED = timedelta(days=200)  # ago: before anybody of the running programme was enrolled
# Weeks after enrolment of the rated visits, as published.
VISITS = (("baseline", 0), ("week4", 4), ("week8", 8), ("week18", 18))


def seed_demo(*, report: Callable[[str], object] = lambda text: None) -> bool:
    """Make the demo clinic. Whether there was something to do. Raises ValidationError outside the demo's database."""
    with seeding():
        return fill_sites(report)


def fill_sites(report: Callable[[str], object]) -> bool:
    """Both sites with their staff and people. Whether there was something to do."""
    sites = [site(*facts) for facts in SITES]
    staff = {email: account(email, name, sites) for email, name, _place in PEOPLE}
    seeded = False
    for place in sites:
        with rows_of([place.pk], ACTOR):
            if not Programme.objects.filter(code=RUNNING).exists():
                report(f"{place.name}: people, sessions and answers")
                fill(place, {email: user for email, user in staff.items() if place.slug in email})
                seeded = True
    return seeded


def site(slug: str, name: str, time_zone: str) -> Site:
    """A site; by the accounts login, which alone may add one."""
    found = Site.objects.filter(slug=slug).first()
    if found:
        return found
    with audit.change(by=ACTOR, reason="demo", using="accounts"):
        return insert(Site(slug=slug, name=name, time_zone=time_zone), using="accounts")


def account(email: str, name: str, sites: list[Site]) -> User:
    """A demo account with its role."""
    found = User.objects.filter(email=email).first()
    place = next(one for one in sites if one.slug in email)
    role = Role(email.split("@")[0])
    user = found or accounts.add_account(by=ACTOR, email=email, name=name, password=DEMO_PASSWORD)
    if not Membership.objects.in_force().filter(user=user, site=place, role=role).exists():
        registration = "DEMO-0001" if role in {"therapist", "physician"} else ""
        with rows_of([place.pk], ACTOR, using="accounts"):
            accounts.give_role(by=ACTOR, user=user, site=place, role=role, registration=registration)
    return user


def fill(place: Site, staff: dict[str, User]) -> None:
    """One site's programmes and people, in one transaction."""
    rng = Random(f"{SEED}-{place.slug}")  # noqa: S311 - invented people, no secret
    lead = next(user for email, user in staff.items() if email.startswith("therapist"))
    if place.slug == "harbour":
        finished = programme(place, FINISHED, "MDMA for PTSD, finished", blinded=True)
        rater = staff["rater@harbour.example"]
        for number, person in enumerate(cohort()):
            finish(person, number, finished, lead, rater, rng)
    running = programme(place, RUNNING, "MDMA-assisted therapy for PTSD")
    adopt_protocol(running, timezone.now() - ADOPTED)
    in_treatment(running, staff, lead, rng)


def programme(place: Site, code: str, name: str, *, blinded: bool = False) -> Programme:
    """A demo programme."""
    with audit.change(by=ACTOR, reason="demo"):
        return insert(Programme(site=place, code=code, name=name, blinded=blinded, demo=True))


def finish(
    person: SimulatedPerson, number: int, finished: Programme, lead: User, rater: User, rng: Random
) -> None:
    """One of the ninety: enrolment, arm, and the rated visits until they left."""
    enrolment = add_person(finished, lead, rng, number, days_ago=420 - 2 * number)
    began = noon(finished.site, enrolment.enrolled_on)
    with audit.change(by=ACTOR, reason="demo"), entered(began):
        record_source_consent(by=lead, participant=enrolment.participant, on=enrolment.enrolled_on)
        insert(Allocation(site=finished.site, enrolment=enrolment, arm=person.arm, allocated_at=began))
    for visit, week in VISITS:
        total = getattr(person, visit)
        if total is not None:
            at = noon(finished.site, enrolment.enrolled_on + timedelta(weeks=week))
            with entered(at + SOON):
                record_assessment(
                    by=rater,
                    enrolment=enrolment,
                    instrument="caps5",
                    mode="rater",
                    total=total,
                    visit=visit,
                    occurred_at=at,
                )
