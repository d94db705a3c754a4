"""An amendment may add what was forgotten: it then has no former row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The former row becomes optional; one of the two is always named."""

    dependencies = [("therapy", "0002_security")]
    operations = [
        migrations.AlterField(
            model_name="amendment",
            name="old_row",
            field=models.UUIDField(
                blank=True, help_text="NULL: forgotten, and added after signing.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="amendment",
            name="new_row",
            field=models.UUIDField(blank=True, help_text="NULL: withdrawn without a replacement.", null=True),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=~models.Q(old_row=None, new_row=None),
                name="amendment_names_a_row",
                violation_error_message="An amendment changes an entry, withdraws one or adds one.",
            ),
        ),
    ]
