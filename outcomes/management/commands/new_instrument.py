"""`manage.py new_instrument ID`: write a definition, its worked example and its licence line."""

from django.core.management.base import BaseCommand, CommandError

from outcomes.instruments.scaffold import ScaffoldError, Shape, write


class Command(BaseCommand):
    """Write the parts of a new instrument."""

    help = "Write a definition, a test with worked examples and a licence line for a new instrument."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        """The shape; what it lacks is then written by hand."""
        parser.add_argument(
            "key", metavar="ID", help="a to z, 0 to 9 and _; it names variables in exports for ever"
        )
        parser.add_argument("--title", default="", help="its published name; ID unless given")
        parser.add_argument("--items", type=int, default=5)
        parser.add_argument("--low", type=int, default=0, help="the lowest answer")
        parser.add_argument("--high", type=int, default=4, help="the highest answer")

    def handle(self, *, key, title, items, low, high, **options):
        """Write, and say what comes next."""
        try:
            written = write(Shape(key, title or key, items, low, high))
        except ScaffoldError as refused:
            raise CommandError(str(refused)) from refused
        for path in written:
            self.stdout.write(str(path))
        self.stdout.write(
            f"Look at it with `make try INSTRUMENT={key}`; release it with `manage.py release_instruments`."
        )
