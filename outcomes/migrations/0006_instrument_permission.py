"""What a clinic may show of an instrument's text, by its own permission."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import clinic.uuid7
from clinic.sql import clinical


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_write_action"),
        ("outcomes", "0005_instruments_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InstrumentPermission",
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
                ("instrument", models.CharField(help_text="Key of the instrument.", max_length=40)),
                (
                    "version",
                    models.CharField(
                        help_text="Version of the instrument that the words were checked against.",
                        max_length=40,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Of the wording brought. Empty: the text held here, in all its languages.",
                        max_length=10,
                    ),
                ),
                (
                    "wording",
                    models.JSONField(
                        blank=True,
                        help_text="The words as checked. NULL: the text held here is shown.",
                        null=True,
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=200)),
                (
                    "file_sha256",
                    models.CharField(blank=True, help_text="Of the file as it came.", max_length=64),
                ),
                ("given_by", models.CharField(help_text="Who gave the permission.", max_length=200)),
                ("given_on", models.DateField(help_text="When it was given.")),
                (
                    "reference",
                    models.CharField(
                        help_text="Where it can be found: letter, contract, mail.", max_length=200
                    ),
                ),
                ("terms", models.TextField(help_text="Its text, or what it allows.", max_length=4000)),
                ("withdrawn_at", models.DateTimeField(blank=True, help_text="NULL: in force.", null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        help_text="NULL: the command.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ("instrument", "language", "-recorded_at"),
                "constraints": [
                    models.UniqueConstraint(fields=("site", "id"), name="instrumentpermission_site_id"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("site", "instrument", "language"),
                        name="instrumentpermission_once",
                        violation_error_message="This is in force already: withdraw the former permission, then record the new one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("language", ""), ("wording__isnull", True)),
                            models.Q(("wording__isnull", False), models.Q(("language", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="instrumentpermission_words_have_a_language",
                    ),
                ],
            },
        ),
        *clinical("outcomes_instrumentpermission"),
    ]
