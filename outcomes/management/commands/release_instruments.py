"""`manage.py release_instruments`: fix the digest of every version and wording that has none yet."""

from django.core.management.base import BaseCommand, CommandError

from outcomes.instruments.released import ReleasedError, release


class Command(BaseCommand):
    """Add lines to released.toml."""

    help = "Add a line to released.toml for each new version of an instrument, and for each new wording."
    requires_system_checks: list[str] = []

    def handle(self, **options):
        """Release, and say what is new."""
        try:
            new = release()
        except ReleasedError as refused:
            raise CommandError(
                f"{refused}. Give it a new version, and keep the former beside it."
            ) from refused
        self.stdout.write("\n".join(f"Released {name}" for name in new) or "Nothing is new.")
