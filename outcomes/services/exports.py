"""Sends outcome data out without identity: a folder, or the same files as one zip, streamed."""

import base64
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from clinic import audit
from clinic.envelope import keyring
from clinic.models import AccessEvent, Consent, Enrolment, Programme, User
from clinic.rows import rows_of
from clinic.services.participants import note_access
from clinic.storing import insert
from outcomes.exports import codebook, manifest, master
from outcomes.exports.columns import COLUMNS, Profile
from outcomes.exports.files import ExportError, Tally, pieces, whole_folder, write
from outcomes.exports.zips import zipped
from outcomes.models import Export, ImportedFile

FORMATS = ("csv",)
COMMAND = "command:export_outcomes"
# Ten bytes of a keyed digest: no two of a million people share them, and none leads back to a person.
EXPORT_ID_BYTES = 10
LEFT_OUT = "left_out_without_research_consent"


@dataclass(frozen=True)
class Order:
    """What to export and for whom. `programmes`: one row a site, all of one code. `by` None: the command."""

    programmes: tuple[Programme, ...]
    profile: str
    by: User | None
    at: datetime

    @property
    def actor(self) -> str:
        return str(getattr(self.by, "pk", self.by) or COMMAND)

    @property
    def code(self) -> str:
        return self.programmes[0].code

    @property
    def site_ids(self) -> list[UUID]:
        return [programme.site_id for programme in self.programmes]


def check_format(wanted: str) -> None:
    """Refuse a format that cannot be written. Raises ExportError."""
    for one in wanted.split(","):
        if one not in FORMATS:
            raise ExportError(f"There is no format {one!r}. The format that can be written is csv.")


def export_to_folder(order: Order, out: Path) -> dict[str, Any]:
    """Write the files to a new folder, whole or not at all; gives the manifest. Raises ExportError."""
    with whole_folder(out) as folder, export(order) as made:
        for name, contents in made.files():
            write(contents, folder / name)
        record(order, made.facts)
    return made.facts


def export_as_zip(order: Order) -> Iterator[bytes]:
    """The files as one zip, in pieces. Runs after the request: it opens its own rows, and holds no file."""
    with export(order) as made:
        yield from zipped(made.files())
        record(order, made.facts)


class Made:
    """The files of one export, in order. `facts` is the manifest, once all has been read."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.facts: dict[str, Any] = {}

    def files(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        order = self.order
        data = Tally(master.NAME, tuple(column.name for column in COLUMNS[order.profile]))
        words = Tally(codebook.NAME, codebook.HEADER)
        given = parameters(order)
        people = {"exported": len(given["ids"]), LEFT_OUT: without_consent(order)}
        yield data.name, pieces(master.copied(order.profile, given), data)
        book = codebook.codebook(master.used_items(given), imported(order), profile=order.profile)
        yield words.name, iter([words.add(book)])
        self.facts = manifest.facts(
            (data, words),
            version=settings.VERSION,
            programme=order.code,
            profile=order.profile,
            at=order.at,
            people=people,
        )
        yield manifest.NAME, iter([manifest.as_json(self.facts)])


@contextmanager
def export(order: Order) -> Iterator[Made]:
    """The export, read through the research login from one snapshot."""
    with master.one_snapshot(), rows_of(order.site_ids, order.actor, using=master.ALIAS):
        yield Made(order)


def parameters(order: Order) -> dict[str, Any]:
    ids = [programme.pk for programme in order.programmes]
    return master.parameters(ids, labels(order, ids), visit_days(order))


def enrolled(programme_ids: Iterable[UUID]) -> QuerySet[Enrolment]:
    """The enrolments of programmes, as the research login sees them."""
    return Enrolment.objects.using(master.ALIAS).in_force().filter(programme_id__in=programme_ids)


def consenting(at: datetime) -> QuerySet[Any, dict[str, UUID]]:
    """Ids of the participants whose consent to research is in force at a moment."""
    rows = Consent.objects.using(master.ALIAS).standing(Consent.Kind.RESEARCH, at)
    return rows.values("participant_id")


def without_consent(order: Order) -> int:
    """How many are left out, because their consent to research is not in force."""
    people = enrolled([programme.pk for programme in order.programmes])
    return people.exclude(participant_id__in=consenting(order.at)).count()


def left_out(programmes: Iterable[Programme], at: datetime) -> dict[UUID, tuple[int, int]]:
    """By programme: how many are enrolled, and how many of them an export would leave out."""
    found = list(programmes)
    with rows_of([programme.site_id for programme in found], using=master.ALIAS):
        rows = enrolled([programme.pk for programme in found]).values_list("programme_id")
        agreed = Count("pk", filter=Q(participant_id__in=consenting(at)))
        counts = rows.annotate(people=Count("pk"), agreed=agreed)
        return {pk: (people, people - given) for pk, people, given in counts}


def labels(order: Order, programme_ids: list[UUID]) -> dict[UUID, str]:
    """What stands for each participant in the files: the code, or an id that leads nowhere.

    Who has no label is not in the files at all: consent to research is asked here, once.
    """
    people = enrolled(programme_ids).filter(participant_id__in=consenting(order.at))
    codes = people.order_by("participant__code", "participant_id").values_list(
        "participant_id", "participant__code"
    )
    if order.profile == Profile.LIMITED:
        return dict(codes)
    return {participant: export_id(order.code, participant) for participant, _code in codes}


def export_id(programme: str, participant: UUID) -> str:
    """The same in each export of a programme, another in each programme, and no way back without the key."""
    digest = keyring().digest("export", programme, str(participant))[:EXPORT_ID_BYTES]
    return "S-" + base64.b32encode(digest).decode()


def maps_of(order: Order) -> list[ImportedFile]:
    rows = ImportedFile.objects.using(master.ALIAS).filter(programme__in=order.programmes)
    return list(rows.order_by("recorded_at", "id"))


def visit_days(order: Order) -> dict[str, int]:
    """The study day of a visit, where an imported file has no dates and its map says the day."""
    return {visit: day for file in maps_of(order) for visit, day in file.measures["visit_days"].items()}


def imported(order: Order) -> dict[str, dict[str, object]]:
    """What the maps say of measures that only a source knows: instrument -> title, source, items."""
    return {
        instrument: {**definition, "source": file.source or file.map_name}
        for file in maps_of(order)
        for instrument, definition in file.measures["instruments"].items()
    }


def record(order: Order, facts: dict[str, object]) -> None:
    """Write down what went out, by whom."""
    with rows_of(order.site_ids, order.actor), audit.change(by=order.by or COMMAND, reason="export"):
        for programme in order.programmes:
            insert(
                Export(
                    site_id=programme.site_id,
                    programme=programme,
                    by=order.by,
                    profile=order.profile,
                    manifest=facts,
                )
            )
            note_access(
                by=order.by,
                kind=AccessEvent.Kind.EXPORT,
                purpose=f"export {order.code}",
                site_id=programme.site_id,
            )
