"""`manage.py try_instrument ID`: the form of one instrument on a page of its own, without a database."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from outcomes.instruments import registry
from outcomes.trying import serve


class Command(BaseCommand):
    """Serve one form."""

    help = "Show the form of one instrument and score what is entered. Nothing is stored."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        """Which, and where."""
        parser.add_argument("key", metavar="ID")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, key, port, **options):
        """Serve until Ctrl-C."""
        if key not in registry.INSTRUMENTS:
            raise CommandError(f"There is no instrument {key!r}. Known: {', '.join(registry.INSTRUMENTS)}")
        settings.ROOT_URLCONF, settings.MIDDLEWARE = "outcomes.trying", []
        settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
        try:
            serve(key, port, say=self.stdout.write)
        except OSError as error:
            raise CommandError(
                f"Port {port}: {error.strerror}. Choose another: PORT=8081 make try INSTRUMENT={key}"
            ) from error
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
