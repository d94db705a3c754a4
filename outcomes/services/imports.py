"""Brings foreign outcome data in: all of a file or nothing, once, and never with an alert."""

import hashlib
from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Programme, Site, User
from clinic.refusals import RefusedError
from clinic.services.consents import source_consent
from clinic.services.participants import new_enrolment, new_person
from clinic.storing import insert, insert_together
from clinic.uuid7 import uuid7
from outcomes.imports.catalogue import catalogue_of
from outcomes.imports.mapping import Mapping
from outcomes.imports.plan import Plan, nothing, plan
from outcomes.imports.reader import Table
from outcomes.models import Assessment, ImportedFile
from outcomes.services.import_matching import Match, index_of, match
from outcomes.services.import_rows import assessment_of, definitions

# One statement holds so many rows. A page's import is no larger: it takes as many statements at 5 rows as at 500.
BATCH = 25_000
DIGEST_PIECE = 1_048_576
COMMAND = "command:import_outcomes"
REASON = "import"
TOO_MANY = _("The file brings more than %(most)s assessments. Import it with: manage.py import_outcomes")


def look(
    *,
    programme: Programme,
    file: BinaryIO,
    file_name: str,
    mapping: Mapping,
    progress: Callable[[int], None] = nothing,
) -> Match:
    """What an import of the file would do, without doing it. RefusedError: nothing can be read."""
    # The earlier of the two days: an enrolment may not lie ahead anywhere.
    today = min(timezone.localdate(timezone=ZoneInfo(programme.site.time_zone)), timezone.localdate())
    known = mapping.fixed_columns
    table = Table(file, file=file_name, format=mapping.format, known=known)
    made = plan(table, mapping, catalogue_of(mapping), today=today, progress=progress)
    return match(made, programme, today)


def import_outcomes(
    *,
    by: User | None,
    programme: Programme,
    file: BinaryIO,
    file_name: str,
    mapping: Mapping,
    skip_bad_rows: bool = False,
    progress: Callable[[int], None] = nothing,
    most: int | None = None,
    id: UUID | None = None,
) -> tuple[ImportedFile, Plan]:
    """Store what the file holds and the record does not, in one transaction; `by` None: the command.

    Raises RefusedError with every refusal where a row is bad, unless bad rows are to be left out.
    """
    with audit.change(by=by or COMMAND, reason=REASON):
        found = look(programme=programme, file=file, file_name=file_name, mapping=mapping, progress=progress)
        if found.plan.refusals and not skip_bad_rows:
            raise RefusedError(found.plan.refusals)
        if most is not None and len(found.sittings) > most:
            raise ValidationError(TOO_MANY, params={"most": most})
        people = add_people(programme=programme, found=found)
        stored = add_assessments(by=by, found=found, people=people)
        row = record(mapping, found, by=by, id=id or uuid7(), file_name=file_name, sha256=digest(file))
        row.safety = safety(stored, found)
        insert(row)
    return row, found.plan


def record(
    mapping: Mapping, found: Match, *, by: User | None, id: UUID, file_name: str, sha256: str
) -> ImportedFile:
    """The row that tells of the import, not yet stored."""
    return ImportedFile(
        id=id,
        site_id=found.programme.site_id,
        programme=found.programme,
        by=by,
        file_name=file_name[:200],
        file_sha256=sha256,
        map_name=mapping.name[:200],
        source=mapping.source[:200],
        measures=definitions(mapping),
        counts=found.counts,
    )


def add_people(*, programme: Programme, found: Match) -> dict[str, UUID]:
    """Enrolment id by the source's id: those who were here, and the new ones under random codes."""
    people = {source: known.enrolment_id for source, known in found.known.items()}
    new = list(found.new.items())
    for start in range(0, len(new), BATCH):
        rows: list[Model] = []
        for source, day in new[start : start + BATCH]:
            index = index_of(programme, source)
            person = new_person(site=programme.site, details={"source_id": source}, source_index=index)
            enrolment = new_enrolment(person[0], programme, day)
            found.codes[source], people[source] = person[0].code, enrolment.pk
            rows += [*person, enrolment, source_consent(person[0], day)]
        insert_together(rows)
    return people


def add_assessments(
    *, by: User | None, found: Match, people: dict[str, UUID]
) -> list[tuple[str, Assessment]]:
    """The new sittings, by the source's id. The audit's triggers see each row of a batch."""
    site = found.programme.site
    rows = [
        (one.participant, assessment_of(one, site, people[one.participant], by)) for one in found.sittings
    ]
    Assessment.objects.bulk_create([row for _source, row in rows], batch_size=BATCH)
    return rows


def safety(stored: list[tuple[str, Assessment]], found: Match) -> list[dict[str, object]]:
    """Safety answers among what came in, for one review by a person: an import never alerts."""
    return [
        {
            "participant": found.codes[source],
            "visit": row.visit,
            "instrument": row.instrument,
            "item": item,
            "value": row.answers[item],
        }
        for source, row in stored
        for item in row.safety
    ]


def digest(file: BinaryIO) -> str:
    file.seek(0)
    found = hashlib.sha256()
    while piece := file.read(DIGEST_PIECE):
        found.update(piece)
    return found.hexdigest()


def programme_for(*, by: User | None, code: str, site: Site, name: str) -> Programme:
    """The programme of this code at the site; a new one, already finished, where the map names one."""
    found = Programme.objects.select_related("site").filter(site=site, code=code).first()
    if found is not None:
        return found
    with audit.change(by=by or COMMAND, reason=REASON):
        made = Programme(site=site, code=code, name=name[:200], finished_on=timezone.localdate())
        insert(made)
    return made
