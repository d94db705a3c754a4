"""`manage.py export_outcomes --programme CODE --out DIR`: send outcome data out without identity."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from outcomes.exports.columns import Profile
from outcomes.exports.files import ExportError
from outcomes.services.export_command import run


class Command(BaseCommand):
    """Export a programme as tidy long CSV with codebook and manifest."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--format", default="csv", metavar="csv")
        parser.add_argument(
            "--profile", default=Profile.LIMITED.value, choices=[one.value for one in Profile]
        )
        parser.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="a folder that is not there yet"
        )
        parser.add_argument("--site", default="", metavar="SLUG", help="default: every site of the programme")
        parser.add_argument("--by", default="", metavar="EMAIL", help="on whose behalf; default: the command")

    def handle(self, **options) -> None:
        try:
            facts = run(
                code=options["programme"],
                formats=options["format"],
                profile=options["profile"],
                out=options["out"],
                site=options["site"],
                email=options["by"],
            )
        except ExportError as error:
            raise CommandError(str(error)) from error
        for file in facts["files"]:
            self.stdout.write(
                f"{options['out'] / file['path']}: {file['rows']:,} rows, {file['bytes']:,} bytes"
            )
