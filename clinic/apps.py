"""Layer 1: who and where."""

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    """Sites, accounts, roles, participants, consent, audit."""

    name = "clinic"
    verbose_name = "Clinic"

    def ready(self) -> None:
        """Grants follow every migration; what must not serve is refused at the start."""
        from clinic import checks, grants

        post_migrate.connect(grants.apply, sender=self, dispatch_uid="clinic.grants")
        register(checks.second_factor_everywhere, "security", deploy=True)
