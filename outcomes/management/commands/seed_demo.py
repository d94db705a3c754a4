"""`manage.py seed_demo`: fill the demo clinic once."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from outcomes.services.seed import seed_demo


class Command(BaseCommand):
    """Invented people, stored through the services; a second run changes nothing."""

    help = __doc__

    def handle(self, **options) -> None:
        try:
            made = seed_demo(report=self.stdout.write)
        except ValidationError as refused:
            raise CommandError(refused.messages[0]) from refused
        self.stdout.write("The demo clinic is ready." if made else "The demo clinic is here already.")
