"""What is stored of rules met and of the time begun, and which instruments a check-in asks."""

from django.db import migrations, models

import outcomes.models.assessments


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0004_empty_answers"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="criteria",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Rule of the instrument to whether it is met; null: answers are missing.",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="started_at",
            field=models.DateTimeField(
                blank=True, help_text="When the first question was shown. NULL: not known.", null=True
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="instruments",
            field=models.JSONField(
                default=outcomes.models.assessments.daily,
                help_text="Keys of the instruments asked, in this order.",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="way",
            field=models.CharField(
                choices=[("link", "By a link"), ("tablet", "On a tablet handed over")],
                default="link",
                max_length=6,
            ),
        ),
    ]
