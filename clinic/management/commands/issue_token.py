"""`manage.py issue_token EMAIL [--days N]`: a bearer token for the API, shown once."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from clinic.models import User
from clinic.services.accounts import issue_token


class Command(BaseCommand):
    """Never more than its owner may; only its digest is kept."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("email")
        parser.add_argument("--days", type=int, default=30, help="1 to 365; default 30")

    def handle(self, **options) -> None:
        user = User.objects.filter(email=options["email"].lower(), is_active=True).first()
        if user is None:
            raise CommandError("No active account has this address.")
        try:
            self.stdout.write(issue_token(by="command:issue_token", user=user, days=options["days"]))
        except ValidationError as refused:
            raise CommandError(refused.messages[0]) from refused
