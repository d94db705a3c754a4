"""`manage.py import_outcomes FILE --map MAP.toml`: bring outcome data in from a file."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from clinic.refusals import RefusedError
from outcomes.services.import_command import Report, Request, run


class Command(BaseCommand):
    """Import a CSV file of outcome data under a map; all of it or nothing."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--map", type=Path, required=True, metavar="MAP.toml")
        parser.add_argument(
            "--programme", default="", metavar="CODE", help="default: the one that the map names"
        )
        parser.add_argument("--site", default="", metavar="SLUG", help="default: where the programme is")
        parser.add_argument("--by", default="", metavar="EMAIL", help="on whose behalf; default: the command")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")
        parser.add_argument("--skip-bad-rows", action="store_true", help="write bad rows to FILE.refused.csv")

    def handle(self, **options) -> None:
        request = Request(
            file=options["file"],
            map=options["map"],
            programme=options["programme"],
            site=options["site"],
            by=options["by"],
            dry_run=options["dry_run"],
            skip_bad_rows=options["skip_bad_rows"],
        )
        hidden = options["verbosity"] == 0 or None  # None: shown on a terminal only
        with tqdm(unit=" rows", disable=hidden, leave=False) as bar:
            report = self.run(request, bar)
        for line in report.lines():
            self.stdout.write(line)

    def run(self, request: Request, bar: tqdm) -> Report:
        """The import, with its refusals as one message a line."""
        try:
            return run(request, progress=lambda rows: bar.update())
        except RefusedError as refused:
            raise CommandError(f"{refused}\nNothing was stored.") from refused
        except ValidationError as wrong:
            raise CommandError(f"{'; '.join(wrong.messages)} Nothing was stored.") from wrong
