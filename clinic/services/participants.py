"""Adds participants, keeps their identity sealed, enrols them."""

import json
import logging
from collections.abc import Iterable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.codes import new_code
from clinic.envelope import ParticipantKey, Unreadable, keyring, new_data_key
from clinic.models import (
    AccessEvent,
    DataKey,
    Enrolment,
    Identity,
    Participant,
    Programme,
    Site,
    User,
)
from clinic.storing import insert, insert_together, update
from clinic.uuid7 import uuid7

security = logging.getLogger("afterward.security")
DETAILS = ("preferred_name", "given_name", "family_name", "birth_date", "phone", "email", "source_id")


def add_participant(
    *,
    by: User | str,
    site: Site,
    details: dict[str, str],
    id: UUID | None = None,
    sex: str = "not-stated",
    language: str = "en",
    source_index: str = "",
) -> Participant:
    """Store a person under a fresh code, with a data key and a sealed identity. Raises ValidationError.

    `details` holds any of DETAILS, birth_date as ISO text. `source_index` is what an import finds the person by.
    """
    with audit.change(by=by, reason="participant added"):
        rows = new_person(
            site=site, details=details, id=id, sex=sex, language=language, source_index=source_index
        )
        insert_together(rows)
    return rows[0]


def new_person(
    *,
    site: Site,
    details: dict[str, str],
    id: UUID | None = None,
    sex: str = "not-stated",
    language: str = "en",
    source_index: str = "",
) -> tuple[Participant, DataKey, Identity]:
    """The three rows of a person, as `add_participant` stores them; not yet stored."""
    birth = details.get("birth_date") or ""
    participant = Participant(
        id=id or uuid7(),
        site=site,
        code=new_code(),
        sex=sex,
        language=language,
        time_zone=site.time_zone,
        birth_year=date.fromisoformat(birth).year if birth else None,
    )
    stored, key = new_key(participant)
    row = Identity(site=site, participant=participant)
    row.details_sealed = key.seal(
        json.dumps({name: details.get(name) or "" for name in DETAILS}), row, "details_sealed"
    )
    row.person_digest = person_digest(details)
    row.source_digest = keyring().digest("source", source_index) if source_index else None
    return participant, stored, row


def person_digest(details: dict[str, str]) -> bytes | None:
    """What a search by name and birth date compares; None while one of the three is missing."""
    parts = [details.get(name) or "" for name in ("family_name", "given_name", "birth_date")]
    return keyring().digest("person", *parts) if all(parts) else None


def new_key(participant: Participant) -> tuple[DataKey, ParticipantKey]:
    """A fresh data key: wrapped as it is stored, which it is not yet, and open."""
    secret, key_id = new_data_key(), uuid7()
    wrapped = keyring().wrap(secret, key_id)
    row = DataKey(id=key_id, site_id=participant.site_id, participant=participant, wrapped=wrapped)
    return row, ParticipantKey(key_id, secret)


def keys_of(participant_id: UUID) -> ParticipantKey:
    """The participant's open data key; one query. Raises Unreadable where it was destroyed."""
    row = DataKey.objects.filter(participant_id=participant_id, destroyed_at=None).first()
    return open_key(row.pk if row else None, row.wrapped if row else None)


def open_key(key_id: UUID | None, wrapped: bytes | memoryview | None) -> ParticipantKey:
    """A data key, unwrapped. Raises Unreadable; None stands for one that was destroyed."""
    if key_id is None or wrapped is None:
        raise Unreadable("This participant's key was destroyed.")
    return ParticipantKey(key_id, keyring().unwrap(bytes(wrapped), key_id))


def read_identity(*, by: User, participant: Participant, purpose: str) -> dict[str, str]:
    """Who the code is; one query, and an access event. `{}` where no identity is stored. Raises Unreadable."""
    alive = FilteredRelation("participant__data_keys", condition=Q(participant__data_keys__destroyed_at=None))
    rows = Identity.objects.filter(participant=participant).annotate(
        key=alive, key_id=F("key__id"), key_wrapped=F("key__wrapped")
    )
    row = rows.first()
    note_access(by=by, participant=participant, kind=AccessEvent.Kind.IDENTITY, purpose=purpose)
    if row is None:
        return {}
    return json.loads(open_key(row.key_id, row.key_wrapped).open(row, "details_sealed"))


def read_identities(
    *, by: User, participants: Iterable[Participant], purpose: str
) -> dict[UUID, dict[str, str]]:
    """Who these codes are, by participant, for a list: one question for all, and an access event for each.

    Left out: who has no identity, whose key was destroyed, and whose identity does not open. One damaged row must
    not close a list that others are treated by; the person's own page says that it is damaged.
    """
    keys = DataKey.objects.filter(
        participant__in={person.pk for person in participants},
        destroyed_at=None,
        participant__identity__isnull=False,
    ).select_related("participant__identity")
    found = {}
    for row in keys:
        try:
            found[row.participant_id] = open_identity(row)
        except Unreadable:
            security.error("identity of participant %s does not open", row.participant_id)
    note_readings(by, [row.participant for row in keys], purpose)
    return found


def note_readings(by: User, participants: Iterable[Participant], purpose: str) -> None:
    """Write down whose identity was read, all in one statement."""
    about = {"user": by, "kind": AccessEvent.Kind.IDENTITY, "purpose": purpose[:200]}
    AccessEvent.objects.bulk_create(
        AccessEvent(site_id=one.site_id, participant=one, **about) for one in participants
    )


def open_identity(row: DataKey) -> dict[str, str]:
    """The details under this key, whose participant and identity came with it. Raises Unreadable."""
    wrapped = bytes(row.wrapped) if row.wrapped else None
    key = ParticipantKey(row.pk, keyring().unwrap(wrapped, row.pk))
    return json.loads(key.open(row.participant.identity, "details_sealed"))


def identifiers(details: dict[str, str]) -> dict[str, str | date | None]:
    """The two that stand beside a code, against the wrong chart."""
    born = details.get("birth_date")
    return {
        "preferred_name": details.get("preferred_name", ""),
        "birth_date": date.fromisoformat(born) if born else None,
    }


def note_access(
    *,
    by: User | None,
    kind: str,
    purpose: str,
    participant: Participant | None = None,
    site_id: UUID | None = None,
) -> None:
    """Write down that somebody looked. The login may add such rows and not read them."""
    AccessEvent.objects.bulk_create(
        [
            AccessEvent(
                site_id=participant.site_id if participant else site_id,
                user=by,
                participant=participant,
                kind=kind,
                purpose=purpose[:200],
            )
        ]
    )


def change_identity(
    *, by: User | str, participant: Participant, details: dict[str, str], reason: str
) -> Identity:
    """Seal new details over the old. Raises ValidationError."""
    with audit.change(by=by, reason=reason):
        row = Identity.objects.select_for_update().get(participant=participant)
        key = keys_of(participant.pk)
        former = json.loads(key.open(row, "details_sealed"))
        former.update({name: value for name, value in details.items() if name in DETAILS})
        row.details_sealed = key.seal(json.dumps(former), row, "details_sealed")
        row.person_digest = person_digest(former)
        return update(row, ["details_sealed", "person_digest"])


def today_at(site: Site) -> date:
    """The date on the wall of a site."""
    return timezone.localdate(timezone=ZoneInfo(site.time_zone))


def enrol(
    *,
    by: User | str,
    participant: Participant,
    programme: Programme,
    enrolled_on: date,
    id: UUID | None = None,
) -> Enrolment:
    """Put a participant into a programme of the same site. Raises ValidationError."""
    with audit.change(by=by, reason="enrolled"):
        return insert(new_enrolment(participant, programme, enrolled_on, id))


def new_enrolment(
    participant: Participant, programme: Programme, enrolled_on: date, id: UUID | None = None
) -> Enrolment:
    """An enrolment, not yet stored. Raises ValidationError for a day that lies ahead."""
    if enrolled_on > today_at(participant.site):
        raise ValidationError({"enrolled_on": _("The day of enrolment cannot lie ahead.")})
    return Enrolment(
        id=id or uuid7(),
        site_id=participant.site_id,
        participant=participant,
        programme=programme,
        enrolled_on=enrolled_on,
    )
