"""What is known of an enrolment: findings and medicines as they stand, with their words opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clinic.envelope import ParticipantKey, Unreadable
from clinic.models import Enrolment, User
from clinic.permissions import Action
from clinic.services.participants import open_key
from sessions.models import Medication, MedicineClearance, ProtocolVersion, ScreeningFinding, Session
from sessions.models.screening import CorrectedRow
from sessions.protocol import Protocol
from sessions.protocol_file import load
from sessions.screening.catalogue import Factor, catalogue
from sessions.screening.values import in_words, shown

# A screening is read in one go: nobody has thousands of findings, and one who had would still see these.
MOST = 1000


@dataclass(frozen=True)
class Known:
    """One finding as a person reads it. `factor` is None where this version of the catalogue does not have it."""

    row: ScreeningFinding
    factor: Factor | None
    shown: str
    words: str

    @property
    def label(self) -> str:
        """What it is about."""
        return self.factor.label if self.factor else self.row.factor


@dataclass(frozen=True)
class Taken:
    """One line of the medicine list, with its words, and who cleared it when and why; `cleared_at` is None for nobody."""

    row: Medication
    words: str
    cleared_at: datetime | None
    cleared_by: str
    why: str


def enrolments(user: User, action: Action) -> QuerySet:
    """Enrolments on which somebody may do this, each with its person, its place and the person's wrapped key."""
    rows = Enrolment.objects.permitted(user, action).in_force()
    return with_key(rows.select_related("participant", "site", "programme"), "participant__")


def with_key(rows: QuerySet, person: str) -> QuerySet:
    """Rows with the wrapped key of their participant, so that opening words takes no query of its own."""
    path = f"{person}data_keys"
    alive = FilteredRelation(path, condition=Q(**{f"{path}__destroyed_at": None}))
    return rows.annotate(key=alive, key_id=F("key__id"), key_wrapped=F("key__wrapped"))


def find(user: User, action: Action, pk: UUID) -> Enrolment:
    """The enrolment, or 404."""
    return get_object_or_404(enrolments(user, action), pk=pk)


def find_with_protocol(user: User, action: Action, pk: UUID) -> Enrolment:
    """The enrolment with the text of the protocol that holds for it, or 404."""
    version = ProtocolVersion.objects.of(OuterRef("pk"))
    rows = enrolments(user, action)
    return get_object_or_404(
        rows.annotate(
            protocol_text=Subquery(version.values("text")[:1]),
            protocol_file=Subquery(version.values("file_name")[:1]),
        ),
        pk=pk,
    )


def protocol_in(enrolment: Enrolment) -> Protocol | None:
    """The protocol that came with the enrolment; None where the programme has none."""
    text = enrolment.protocol_text  # type: ignore[attr-defined]
    return load(text.encode(), file=enrolment.protocol_file) if text else None  # type: ignore[attr-defined]


def key_in(row: object) -> ParticipantKey | None:
    """The key that came with a row; None where it was destroyed."""
    try:
        return open_key(row.key_id, row.key_wrapped)  # type: ignore[attr-defined]
    except Unreadable:
        return None


def open_words(row: CorrectedRow | MedicineClearance, key: ParticipantKey | None) -> str:
    """The words of a row; a note in their place where the key was destroyed."""
    if row.words_sealed is None:
        return ""
    return key.open(row, "words_sealed") if key else _("Erased.")


def known_of(enrolment: Enrolment, rows: QuerySet | None = None) -> list[Known]:
    """Every finding that stands, in the order of the catalogue, the newest of a factor first. One query."""
    rows = ScreeningFinding.objects.current() if rows is None else rows
    found = rows.filter(enrolment=enrolment).select_related("recorded_by").order_by("-occurred_at", "-id")
    key, place = key_in(enrolment), {name: at for at, name in enumerate(catalogue().factors)}
    every = [known(row, key) for row in found[:MOST]]
    return sorted(every, key=lambda one: place.get(one.row.factor, len(place)))


def known(row: ScreeningFinding, key: ParticipantKey | None) -> Known:
    """One finding as a person reads it."""
    factor = catalogue().factors.get(row.factor)
    words = open_words(row, key)
    return Known(row, factor, value_shown(factor, row, words), words)


def value_shown(factor: Factor | None, row: ScreeningFinding, words: str) -> str:
    """The value in words; as it is stored where this version of the catalogue cannot read it."""
    if factor is None:
        return str(row.value)
    if row.value is None and not in_words(factor, row.value):
        return _("No value, only words")
    if in_words(factor, row.value):
        return words
    try:
        return shown(factor, row.value)
    except ValueError:
        return str(row.value)


def taken_by(enrolment: Enrolment) -> list[Taken]:
    """The medicine list as it stands, what is still taken first, with the clearance of each line. One query."""
    holds = Q(clearances__entered_in_error_at=None)
    rows = (
        Medication.objects.current()
        .filter(enrolment=enrolment)
        .select_related("recorded_by")
        .annotate(
            given=FilteredRelation("clearances", condition=holds),
            given_id=F("given__id"),
            given_at=F("given__occurred_at"),
            given_by=F("given__recorded_by__name"),
            given_why=F("given__words_sealed"),
        )
        .order_by("stopped", "name", "id")
    )
    key = key_in(enrolment)
    return [taken(row, key) for row in rows[:MOST]]


def one_taken(row: Medication, key: ParticipantKey | None) -> Taken:
    """One line without its clearance, for the forms that are about it."""
    return Taken(row, open_words(row, key), None, "", "")


def taken(row: Medication, key: ParticipantKey | None) -> Taken:
    """One line of the list. Its clearance comes with it under names of its own."""
    found = {name: getattr(row, f"given_{name}") for name in ("id", "at", "by", "why")}
    if found["id"] is None:
        return one_taken(row, key)
    clearance = MedicineClearance(id=found["id"], words_sealed=found["why"])
    return Taken(row, open_words(row, key), found["at"], found["by"], open_words(clearance, key))


def by_factor(findings: Iterable[Known]) -> dict[str, list[Known]]:
    """Findings by the key of their factor."""
    found: dict[str, list[Known]] = {}
    for one in findings:
        found.setdefault(one.row.factor, []).append(one)
    return found


def of_session(findings: Iterable[Known], session: Session) -> list[Known]:
    """Those of one morning."""
    return [one for one in findings if one.row.session_id == session.pk]
