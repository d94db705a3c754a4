"""The demo's people in treatment: one dosing today, one record unsigned, one who said yes to the safety question."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic.models import Enrolment, Programme, User
from clinic.seeding import entered
from clinic.services.consents import withdraw_consent
from clinic.services.demo import DEMO_PASSWORD
from clinic.services.participants import today_at
from outcomes.demo import notes
from outcomes.demo import screening as said
from outcomes.demo.answers import simulate_check_ins, simulate_items
from outcomes.instruments import registry
from outcomes.instruments.base import Answer
from outcomes.services.assessments import record_assessment
from outcomes.services.check_ins import make_check_in
from outcomes.services.seed_people import SOON, add_person, consent_to_everything, understand
from outcomes.services.seed_screening import authorise, baseline, decide, morning, on_washout
from sessions.models import Session
from sessions.services import dosing, sessions, signing

# Days since enrolment, for each of the people; a dose falls on day 28 and on day 56.
HARBOUR_DAYS = (28, 3, 12, 24, 31, 35, 44, 60, 75)
HILL_DAYS = (9, 33, 61)
DOSES = (28, 56)
PREPARATION = (7, 14, 21)
INTEGRATION = (29, 36, 43, 57, 64, 71)
# Places in HARBOUR_DAYS.
WASHOUT, DECLINED, RED_TODAY, CAUTIOUS = 1, 2, 3, 4  # places in HARBOUR_DAYS
DECIDED = 8  # days after enrolment
CHANGED = {WASHOUT: said.ON_MEDICINE, DECLINED: said.TURNED_AWAY, CAUTIOUS: said.CAUTIONS}
ELIGIBLE = ("eligible", "Weighed with both therapists. What gives cause for caution is planned for.")
TURNED_AWAY = (
    "not-eligible",
    "A past psychotic episode, told in the second interview. Referred on with a letter.",
)
UNSIGNED, TROUBLED, NOT_HELD, MISSED_ONE = 4, 5, 2, 3
QUESTIONNAIRES = (("phq9", 18), ("gad7", 14), ("pcl5", 52))


def in_treatment(programme: Programme, staff: dict[str, User], lead: User, rng: Random) -> None:
    """Everybody who is in treatment at the programme's site."""
    harbour = programme.site.slug == "harbour"
    second = next(user for email, user in staff.items() if email.startswith("physician"))
    for place, days in enumerate(HARBOUR_DAYS if harbour else HILL_DAYS):
        enrolment = add_person(programme, lead, rng, 200 + place, days_ago=days)
        given = consent_to_everything(enrolment, lead)
        if harbour and place == NOT_HELD:
            withdraw_consent(by=lead, consent=given["touch-holding"], reason="Rather not. A hand is enough.")
        if harbour and place == MISSED_ONE:
            understand(given["treatment"], lead, helps=["everybody"])
        Course(enrolment, days, lead, second, rng, place if harbour else None).record(
            unsigned=harbour and place == UNSIGNED, troubled=harbour and place == TROUBLED
        )


class Course:
    """One person's way through the programme so far."""

    def __init__(
        self, enrolment: Enrolment, days: int, lead: User, second: User, rng: Random, place: int | None
    ):
        """`place` is that in HARBOUR_DAYS; None elsewhere."""
        self.enrolment, self.days, self.lead, self.second, self.rng = enrolment, days, lead, second, rng
        self.place = place
        self.zone = ZoneInfo(enrolment.participant.site.time_zone)
        self.site = enrolment.participant.site

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        """A time on a day of the course, at the site."""
        on = self.enrolment.enrolled_on + timedelta(days=day)
        return datetime.combine(on, time(hour, minute), self.zone)

    def record(self, *, unsigned: bool, troubled: bool) -> None:
        """Sessions, questionnaires and check-ins up to today."""
        self.screening()
        for number, day in enumerate(PREPARATION):
            self.meeting("preparation", day, notes.note_of(notes.PREPARATION, number))
        for day in DOSES:
            if day < self.days:
                self.dosing_day(day, signed=not unsigned)
        for number, day in enumerate(INTEGRATION):
            self.meeting("integration", day, notes.note_of(notes.INTEGRATION, number))
        if self.days in DOSES:
            self.dosing_now()
        if self.place == RED_TODAY:
            self.red_morning()
        self.questionnaires()
        self.check_ins(troubled)

    def screening(self) -> None:
        """The baseline on the second day, and a physician's decision a week later."""
        changed = CHANGED.get(self.place, {}) if self.place is not None else {}
        baseline(self.enrolment, self.second, self.at(1, 10), changed)
        if changed is said.ON_MEDICINE:
            on_washout(self.enrolment, self.lead, self.at(1, 11))
        if self.days <= DECIDED:
            return
        outcome, why = TURNED_AWAY if changed is said.TURNED_AWAY else ELIGIBLE
        decide(self.enrolment, self.second, self.at(DECIDED, 9), outcome, why)

    def red_morning(self) -> None:
        """A dosing day that has begun, on which the gate is closed: breakfast was eaten, and nobody takes the person home."""
        now = timezone.now()
        session = self.begin(now - timedelta(minutes=50))
        morning(session, self.lead, now - timedelta(minutes=45), said.RED)
        self.vitals(session, now - timedelta(minutes=30), 0)

    def meeting(self, kind: str, day: int, text: str) -> None:
        """A session of ninety minutes, closed and signed."""
        if day >= self.days:
            return
        session = self.open(kind, self.at(day, 10))
        self.attend(session, self.lead, "lead")
        self.note(session, self.at(day, 10, 20), text)
        self.finish(session, self.at(day, 11, 30), [self.lead])

    def open(self, kind: str, at: datetime) -> Session:
        """The record of a meeting is begun."""
        with entered(at):
            return sessions.open_session(by=self.lead, enrolment=self.enrolment, kind=kind, occurred_at=at)

    def attend(self, session: Session, person: User, part: str) -> None:
        """Somebody is there from the beginning."""
        at = session.occurred_at
        with entered(at + SOON):
            sessions.record_attendance(
                by=self.lead, session=session, person=person, part=part, occurred_at=at
            )

    def note(self, session: Session, at: datetime, text: str, late: timedelta = SOON, why: str = "") -> None:
        """A note, entered soon or late."""
        with entered(at + late):
            sessions.write_note(by=self.lead, session=session, text=text, occurred_at=at, reason=why)

    def finish(self, session: Session, at: datetime, signers: list[User]) -> None:
        """The session ends, and these sign its record."""
        with entered(at + 4 * SOON):
            sessions.close_session(by=self.lead, session=session, ended_at=at)
            for signer in signers:
                signing.sign_session(by=signer, session=session, meaning="author", password=DEMO_PASSWORD)

    def dosing_day(self, day: int, *, signed: bool) -> None:
        """A dosing day from 8:30 to 16:30."""
        session = self.begin(self.at(day, 8, 30))
        morning(session, self.lead, self.at(day, 8, 35))
        self.vitals(session, self.at(day, 8, 40), 0)
        self.dose(session, self.at(day, 9), Decimal(80), "initial")
        for hour in range(9, 17):
            self.vitals(session, self.at(day, hour, 5), hour - 9)
        self.dose(session, self.at(day, 11), Decimal(40), "supplemental")
        for (hour, minute), text in notes.DOSING:
            self.note(session, self.at(day, hour, minute), text)
        self.finish(session, self.at(day, 16, 30), [self.lead, self.second] if signed else [])
        if not signed:
            self.note(session, self.at(day, 14), notes.LATE, timedelta(hours=4), notes.WHY_LATE)

    def dosing_now(self) -> None:
        """A dosing day that is running: the dose was two hours and a quarter ago."""
        now = timezone.now()
        session = self.begin(now - timedelta(hours=3))
        morning(session, self.lead, now - timedelta(hours=2, minutes=50))
        self.vitals(session, now - timedelta(hours=2, minutes=40), 0)
        self.dose(session, now - timedelta(hours=2, minutes=14), Decimal(80), "initial")
        for hour in range(3):
            self.vitals(session, now - timedelta(hours=2 - hour, minutes=12), hour)
        self.note(session, now - timedelta(minutes=50), notes.RUNNING)

    def begin(self, at: datetime) -> Session:
        """An open dosing session with the room and the people in it."""
        session = self.open("dosing", at)
        with entered(at + SOON):
            sessions.record_setting(
                by=self.lead,
                session=session,
                place="room",
                room="Lantern room",
                music="Quiet, no words",
                occurred_at=at,
            )
        self.attend(session, self.lead, "lead")
        self.attend(session, self.second, "co-therapist")
        return session

    def dose(self, session: Session, at: datetime, mg: Decimal, part: str) -> None:
        """A dose that a physician authorised just before, seen by a second person."""
        decision = authorise(session, self.second, at - timedelta(minutes=5), mg, part)
        with entered(at + SOON):
            dosing.record_dose(
                by=self.lead,
                session=session,
                occurred_at=at,
                dose_mg=mg,
                substance="MDMA",
                part=part,
                given_by=self.lead,
                witnessed_by=self.second,
                lot="H-0417",
                decision=decision,
            )

    def vitals(self, session: Session, at: datetime, hour: int) -> None:
        """A reading that rises and comes down again."""
        rise = (0, 14, 26, 22, 15, 9, 5, 2)[min(hour, 7)]
        with entered(at + SOON):
            dosing.record_vitals(
                by=self.lead,
                session=session,
                occurred_at=at,
                systolic_mmhg=120 + rise + self.rng.randrange(6),
                diastolic_mmhg=76 + rise // 2,
                pulse_bpm=68 + rise,
                temperature_c=(Decimal("36.6") + Decimal(rise) / 40).quantize(Decimal("0.1")),
            )

    def questionnaires(self) -> None:
        """Before treatment, and after each dose that was given."""
        days = [0, *(day + 7 for day in DOSES if day + 7 < self.days)]
        for step, day in enumerate(days):
            for key, start in QUESTIONNAIRES:
                total = max(2, start - step * start // 4 + self.rng.randrange(-2, 3))
                answers = simulate_items(self.rng, registry.get(key), total)
                self.answered(
                    key,
                    "staff",
                    answers,
                    self.at(day, 9),
                    visit=f"day{day}" if day else "baseline",
                    language="en",
                )

    def check_ins(self, troubled: bool) -> None:
        """Daily answers since the week before the first dose, and a link that waits for today's."""
        first = max(DOSES[0] - 7, 0)
        if self.days <= first:
            return
        start = self.enrolment.enrolled_on + timedelta(days=first)
        doses = [self.enrolment.enrolled_on + timedelta(days=day) for day in DOSES if day < self.days]
        yesterday = today_at(self.site) - timedelta(days=1)
        days = simulate_check_ins(
            self.rng,
            first_day=start,
            days=self.days - first,
            doses=doses,
            troubled_on=yesterday if troubled else None,
        )
        for day in days:
            if day.answers:
                at = min(datetime.combine(day.on, time(19, 0), self.zone), timezone.now())
                self.answered("daily_checkin", "self", day.answers, at)
        make_check_in(by=self.lead, enrolment=self.enrolment, hours=24)

    def answered(
        self, key: str, mode: str, answers: Mapping[str, Answer], at: datetime, **sitting: Any
    ) -> None:
        """One sitting with an instrument."""
        with entered(at):
            record_assessment(
                by=self.lead,
                enrolment=self.enrolment,
                instrument=key,
                mode=mode,
                answers=answers,
                occurred_at=at,
                **sitting,
            )
