"""A finding or medicine is corrected with a reason, by one row, and by one of the same person and factor."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations, models
from django.db.models import Q

REASON = models.CharField(
    blank=True,
    default="",
    help_text="Why it replaces that row. Empty: it replaces none.",
    max_length=500,
)
VALUE = models.JSONField(
    null=True,
    blank=True,
    encoder=DjangoJSONEncoder,
    help_text="As the catalogue types it. NULL: only words were written.",
)
# The gate looks away from what was replaced: a row of another factor must not be able to replace it.
SAME = {"therapy_screeningfinding": "enrolment_id, factor", "therapy_medication": "enrolment_id"}


def of_the_same(table: str, what: str) -> migrations.RunSQL:
    """A row replaces one that agrees with it in these columns."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_same UNIQUE (id, {what}),"
        f" ADD CONSTRAINT {table}_replaces_same FOREIGN KEY (replaces_id, {what}) REFERENCES {table} (id, {what});",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_replaces_same, DROP CONSTRAINT {table}_same;",
    )


def reasons(model: str) -> list[migrations.operations.base.Operation]:
    """The reason, that it is given, and that a row is replaced once."""
    return [
        migrations.AddField(model, "reason", REASON, preserve_default=False),
        migrations.AddConstraint(
            model,
            models.CheckConstraint(
                condition=Q(replaces=None) | Q(reason__regex=r"\S.{3,}\S"),
                name=f"{model}_replaces_with_reason",
                violation_error_message="Say why this replaces what was known, in five letters or more.",
            ),
        ),
        migrations.AddConstraint(
            model,
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(entered_in_error_at=None),
                name=f"{model}_replaced_once",
                violation_error_message="This was replaced before. Open the page again.",
            ),
        ),
    ]


class Migration(migrations.Migration):
    """Corrections that hold."""

    dependencies = [("therapy", "0006_gate")]
    operations = [
        migrations.AlterField("screeningfinding", "value", VALUE),
        *reasons("screeningfinding"),
        *reasons("medication"),
        *(of_the_same(table, what) for table, what in SAME.items()),
    ]
