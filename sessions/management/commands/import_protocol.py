"""`manage.py import_protocol FILE --programme CODE`: make a protocol file the next version of a programme's protocol."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from clinic.refusals import RefusedError
from sessions.services.protocols import import_for


class Command(BaseCommand):
    """Import a protocol file at every site that runs the programme, or at one."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--site", default="", metavar="SLUG", help="default: every site of the programme")

    def handle(self, **options) -> None:
        try:
            content = options["file"].read_bytes()
            made = import_for(
                code=options["programme"],
                site=options["site"],
                content=content,
                file_name=options["file"].name,
            )
        except OSError as unreadable:
            raise CommandError(f"{options['file']} cannot be read: {unreadable.strerror}.") from unreadable
        except RefusedError as refused:
            raise CommandError(f"{refused}\nNothing was stored.") from refused
        except ValidationError as wrong:
            raise CommandError(f"{'; '.join(wrong.messages)} Nothing was stored.") from wrong
        for version in made:
            self.stdout.write(f"{version.site.name}: {version}.")
