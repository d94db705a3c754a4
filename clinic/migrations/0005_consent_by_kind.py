"""Consent names its kind of touch, its text and language, who explained it, and why it was withdrawn."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a consent holds."""

    dependencies = [
        ("clinic", "0004_accounts_by_site"),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="explained_by",
            field=models.ForeignKey(
                help_text="Who explained it. NULL: nobody here, such as for a source study; or not known.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="language",
            field=models.CharField(
                blank=True, help_text="Language of the text, such as en. Empty: not known.", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.TextField(
                blank=True,
                help_text="The text as it was shown, so that it reads the same for ever. Empty: not kept.",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="withdrawal_sealed",
            field=models.BinaryField(
                help_text="Why it was withdrawn, sealed. NULL: no reason was given.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("treatment", "Treatment"),
                    ("research", "Use of data for research"),
                    ("recording", "Recording of sessions"),
                    ("touch-hand", "Touch: holding a hand"),
                    ("touch-shoulder", "Touch: a hand on the shoulder"),
                    ("touch-holding", "Touch: being held"),
                    ("trainee", "A trainee in the room"),
                    ("contact", "Calling the support person"),
                    ("follow-up", "Follow-up contact"),
                    ("touch", "Touch, of no kind named"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="text_version",
            field=models.CharField(help_text="Version of the text that was explained.", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawal_sealed", None), ("withdrawn_at__isnull", False), _connector="OR"
                ),
                name="consent_reason_with_withdrawal",
                violation_error_message="Only a withdrawn consent has a reason.",
            ),
        ),
    ]
