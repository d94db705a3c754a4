"""The answers to the check of understanding, kept apart by site and audited like every clinical row."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import clinic.uuid7
from clinic.sql import clinical


class Migration(migrations.Migration):
    """A table of its own."""

    dependencies = [
        ("clinic", "0005_consent_by_kind"),
    ]

    operations = [
        migrations.CreateModel(
            name="Understanding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=clinic.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="When it was entered (UTC).",
                    ),
                ),
                (
                    "entered_in_error_at",
                    models.DateTimeField(blank=True, editable=False, help_text="NULL: in force.", null=True),
                ),
                ("entered_in_error_reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("version", models.CharField(help_text="Version of the questions.", max_length=20)),
                ("language", models.CharField(max_length=10)),
                (
                    "answers",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Keys of the choices made, by the key of the question.",
                    ),
                ),
                ("asked", models.PositiveSmallIntegerField(help_text="How many questions the version has.")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="How many were right. NULL: not finished.", null=True
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, help_text="NULL: not finished.", null=True)),
                (
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="understandings",
                        to="clinic.consent",
                    ),
                ),
                (
                    "entered_in_error_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        help_text="NULL: in force.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="understandings",
                        to="clinic.participant",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        help_text="The clinic that holds the row.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.site",
                    ),
                ),
                (
                    "taken_with",
                    models.ForeignKey(
                        help_text="The staff member present.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-started_at", "-id"),
                "constraints": [
                    models.UniqueConstraint(fields=("site", "id"), name="understanding_site_id"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("score", None)),
                            models.Q(
                                ("finished_at__gte", models.F("started_at")),
                                ("finished_at__isnull", False),
                                ("score__isnull", False),
                                ("score__lte", models.F("asked")),
                            ),
                            _connector="OR",
                        ),
                        name="understanding_scored_when_finished",
                        violation_error_message="The questions end after they began, with a score.",
                    ),
                ],
            },
        ),
        *clinical(
            "clinic_understanding", {"participant_id": "clinic_participant", "consent_id": "clinic_consent"}
        ),
    ]
