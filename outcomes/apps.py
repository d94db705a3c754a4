"""Layer 3: what came of it."""

from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Instruments, assessments, check-ins, charts, imports, exports."""

    name = "outcomes"
    verbose_name = "Outcomes"
