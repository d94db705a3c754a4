"""An import by the command has no account behind it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """ImportedFile.by may be NULL."""

    dependencies = [("outcomes", "0002_security")]
    operations = [
        migrations.AlterField(
            model_name="importedfile",
            name="by",
            field=models.ForeignKey(
                help_text="NULL: the command.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="importedfile",
            name="measures",
            field=models.JSONField(
                default=dict,
                help_text="What the map says: titles and ranges of measures only the source knows, days of visits.",
            ),
        ),
        migrations.AlterField(
            model_name="importedfile",
            name="safety",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Safety answers for review, by participant code. Empty: there were none.",
            ),
        ),
    ]
