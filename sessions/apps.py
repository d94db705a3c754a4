"""Layer 2: what happened on the day."""

from django.apps import AppConfig


class TherapyConfig(AppConfig):
    """Sessions, the dosing day. The label is not `sessions`, because Django's own app has that one."""

    name = "sessions"
    label = "therapy"
    verbose_name = "Sessions"
