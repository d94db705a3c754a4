"""`manage.py load_wording FILE`: add a licensed or translated wording, with the permission for it."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from outcomes.services.load_wording import load


class Command(BaseCommand):
    """Load one wording; all of it or nothing."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        """The file, where, and by which permission."""
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="TOML, or a FHIR R4 Questionnaire in JSON"
        )
        parser.add_argument(
            "--instrument", default="", metavar="ID", help="default: the one that a TOML file names"
        )
        parser.add_argument("--site", required=True, metavar="SLUG")
        parser.add_argument("--given-by", required=True, help="who gave the permission")
        parser.add_argument("--given-on", required=True, type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--reference", required=True, help="where the permission can be found")
        parser.add_argument("--terms", required=True, help="its text, or what it allows")

    def handle(self, *, file, site, instrument, given_by, given_on, reference, terms, **options) -> None:
        """Load, and say what is shown now."""
        words = {"given_by": given_by, "given_on": given_on, "reference": reference, "terms": terms}
        try:
            row = load(file, site=site, instrument=instrument, **words)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ValidationError as wrong:
            raise CommandError(f"{'; '.join(wrong.messages)}\nNothing was stored.") from wrong
        self.stdout.write(f"{row.instrument} is shown in {row.language} at {site}.")
