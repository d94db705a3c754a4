"""Brings foreign outcome data in: all of a file or nothing, once, and never with an alert."""

import hashlib
from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinic import audit
from clinic.models import Programme, Site
from clinic.services.participants import add_participant, enrol
from clinic.storing import insert
from clinic.uuid7 import uuid7
from outcomes.imports.catalogue import catalogue_of
from outcomes.imports.mapping import Mapping
from outcomes.imports.plan import Plan, nothing, plan
from outcomes.imports.reader import Table
from outcomes.imports.refusals import RefusedError
from outcomes.models import Assessment, ImportedFile
from outcomes.services.import_matching import Match, index_of, match
from outcomes.services.import_rows import assessment_of, definitions

BATCH = 1_000
COMMAND = "command:import_outcomes"
REASON = "import"


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
    by: object,
    programme: Programme,
    file: BinaryIO,
    file_name: str,
    mapping: Mapping,
    skip_bad_rows: bool = False,
    progress: Callable[[int], None] = nothing,
    id: UUID | None = None,
) -> tuple[ImportedFile, Plan]:
    """Store what the file holds and the record does not, in one transaction; `by` None: the command.

    Raises RefusedError with every refusal where a row is bad, unless bad rows are to be left out.
    """
    with audit.change(by=by or COMMAND, reason=REASON):
        found = look(programme=programme, file=file, file_name=file_name, mapping=mapping, progress=progress)
        if found.plan.refusals and not skip_bad_rows:
            raise RefusedError(found.plan.refusals)
        people = add_people(by=by, programme=programme, found=found)
        stored = add_assessments(by=by, found=found, people=people)
        row = ImportedFile(
            id=id or uuid7(),
            site_id=programme.site_id,
            programme=programme,
            by=by,
            file_name=file_name[:200],
            file_sha256=digest(file),
            map_name=mapping.name[:200],
            source=mapping.source[:200],
            measures=definitions(mapping),
            counts=found.counts,
            safety=safety(stored, found),
        )
        return insert(row), found.plan


def add_people(*, by: object, programme: Programme, found: Match) -> dict[str, UUID]:
    """Enrolment id by the source's id: those who were here, and the new ones under random codes."""
    people = {source: known.enrolment_id for source, known in found.known.items()}
    for source, day in found.new.items():
        participant = add_participant(
            by=by or COMMAND,
            site=programme.site,
            details={"source_id": source},
            source_index=index_of(programme, source),
        )
        found.codes[source] = participant.code
        row = enrol(by=by or COMMAND, participant=participant, programme=programme, enrolled_on=day)
        people[source] = row.pk
    return people


def add_assessments(*, by: object, found: Match, people: dict[str, UUID]) -> list[tuple[str, Assessment]]:
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
    return hashlib.file_digest(file, "sha256").hexdigest()


def programme_for(*, by: object, code: str, site: Site, name: str) -> Programme:
    """The programme of this code at the site; a new one, already finished, where the map names one."""
    found = Programme.objects.select_related("site").filter(site=site, code=code).first()
    if found is not None:
        return found
    with audit.change(by=by or COMMAND, reason=REASON):
        return insert(Programme(site=site, code=code, name=name[:200], finished_on=timezone.localdate()))
