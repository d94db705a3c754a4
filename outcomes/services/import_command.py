"""What the command `import_outcomes` does: finds the site and the programme, imports, and tells."""

import csv
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from clinic.models import Programme, Site, User
from clinic.permissions import Action, sites_where
from clinic.refusals import Refusal, RefusedError
from clinic.rows import rows_of
from outcomes.imports.map_file import load
from outcomes.imports.mapping import Mapping
from outcomes.imports.plan import nothing
from outcomes.services.imports import COMMAND, import_outcomes, look, programme_for

MOST_SHOWN = 50


@dataclass(frozen=True)
class Request:
    """The words of the command line."""

    file: Path
    map: Path
    programme: str = ""
    site: str = ""
    by: str = ""
    dry_run: bool = False
    skip_bad_rows: bool = False


@dataclass
class Report:
    """What came of it."""

    programme: str
    site: str
    counts: dict[str, int]
    dry_run: bool = False
    safety: list[dict[str, object]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    refused_file: str = ""

    def lines(self) -> Iterator[str]:
        yield f"Programme {self.programme} at {self.site}."
        yield "Rows {rows:,}, values {values:,}, missing {missing:,}, participants {participants:,}.".format(
            **self.counts
        )
        verb = "would be added" if self.dry_run else "added"
        yield (
            f"{self.counts['new_participants']:,} participants and {self.counts['new_assessments']:,} assessments "
            f"{verb}; {self.counts['known_assessments']:,} were here before."
        )
        yield from self.trouble()
        if self.dry_run:
            yield "Nothing was stored: this was a dry run."

    def trouble(self) -> Iterator[str]:
        if self.refusals:
            where = f", written to {self.refused_file}" if self.refused_file else ""
            yield f"{self.counts['refused_rows']:,} rows refused{where}:"
            yield from (f"  {refusal}" for refusal in self.refusals[:MOST_SHOWN])
            if len(self.refusals) > MOST_SHOWN:
                yield f"  and {len(self.refusals) - MOST_SHOWN:,} more."
        if self.safety:
            yield "Safety answers to be reviewed once by a clinician; nobody was alerted:"
            yield from (
                "  {participant}, {visit}: {instrument} {item} = {value}".format(**one) for one in self.safety
            )


def run(request: Request, progress: Callable[[int], None] = nothing) -> Report:
    """Import the file. Raises RefusedError and ValidationError, each with what to do."""
    mapping = load(opened(request.map).read_bytes(), file=request.map.name)
    by = person(request.by)
    site = site_for(request, mapping, by)
    with rows_of([site.pk], COMMAND), transaction.atomic(), opened(request.file).open("rb") as file:
        found = programme_for(by=by, code=code_of(request, mapping), site=site, name=mapping.name)
        programme = permitted_programme(by, found)
        name = request.file.name
        if request.dry_run:
            seen = look(programme=programme, file=file, file_name=name, mapping=mapping, progress=progress)
            transaction.set_rollback(True)  # The programme, if it was made for looking.
            return Report(programme.code, site.name, seen.counts, dry_run=True, refusals=seen.plan.refusals)
        row, plan = import_outcomes(
            by=by, programme=programme, file=file, file_name=name, mapping=mapping,
            skip_bad_rows=request.skip_bad_rows, progress=progress,
        )  # fmt: skip
        # Inside the transaction: if the refused rows cannot be written down, nothing is stored.
        written = write_refused(request.file, plan.columns, plan.refusals) if plan.refusals else ""
    return Report(
        programme.code, site.name, row.counts, safety=row.safety, refusals=plan.refusals, refused_file=written
    )


def opened(path: Path) -> Path:
    if not path.is_file():
        raise ValidationError(f"There is no file {path}.")
    return path


def person(email: str) -> User | None:
    if not email:
        return None
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise ValidationError(f"There is no account {email}.")
    return found


def code_of(request: Request, mapping: Mapping) -> str:
    code = request.programme or mapping.programme
    if not code:
        raise ValidationError("Say --programme CODE: the map names none.")
    return code


def site_for(request: Request, mapping: Mapping, by: User | None) -> Site:
    """The site that is named, else the one that has the programme, else the first by name."""
    sites = list(Site.objects.all())
    if by is not None:
        allowed = permitted_sites(by)
        sites = [site for site in sites if site.pk in allowed]
    if request.site:
        sites = [site for site in sites if site.slug == request.site]
    if not sites:
        raise ValidationError(f"There is no site {request.site} to import into.".replace("  ", " "))
    with rows_of([site.pk for site in sites], COMMAND):
        having = Programme.objects.filter(code=code_of(request, mapping)).values_list("site_id", flat=True)
        return next((site for site in sites if site.pk in set(having)), sites[0])


def permitted_sites(by: User) -> set[UUID]:
    try:
        return sites_where(by, Action.IMPORT_OUTCOMES)
    except PermissionDenied as refused:
        raise ValidationError(f"{by.email} may not import outcome data.") from refused


def permitted_programme(by: User | None, programme: Programme) -> Programme:
    """The programme, if this person's role reaches it."""
    if by is None or Programme.objects.permitted(by, Action.IMPORT_OUTCOMES).filter(pk=programme.pk).exists():
        return programme
    raise ValidationError(f"{by.email} may not import into {programme.code}.")


def write_refused(source: Path, columns: list[str], refusals: list[Refusal]) -> str:
    """The refused rows as they stood, with line, column and reason. Only the owner may read the file."""
    target = source.with_name(f"{source.name}.refused.csv")
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(["line", "column", "reason", *columns])
            writer.writerows([one.line, one.column, one.reason, *one.cells] for one in refusals)
    except OSError as error:
        reason = f"the refused rows cannot be written to {target.name}: {error.strerror}"
        raise RefusedError([Refusal(source.name, 0, "", reason)]) from error
    return str(target)
