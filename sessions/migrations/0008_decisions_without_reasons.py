"""A decision for eligible names no reason, and most override nothing: both lists may be empty. No column changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Empty lists."""

    dependencies = [("therapy", "0007_corrected_by_one")]
    operations = [
        migrations.AlterField(
            model_name="eligibilitydecision",
            name="reasons",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Keys of the rules that turned somebody away; what the register counts.",
            ),
        ),
        migrations.AlterField(
            model_name="eligibilitydecision",
            name="overridden",
            field=models.JSONField(
                blank=True, default=list, help_text="Keys of the rules that were overridden."
            ),
        ),
    ]
