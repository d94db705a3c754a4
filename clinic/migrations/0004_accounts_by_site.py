"""Row security for accounts, roles and tokens. Its policies differ by login and are laid by clinic/grants.py."""

from django.db import migrations

TABLES = ("clinic_user", "clinic_membership", "clinic_token")


class Migration(migrations.Migration):
    """An administrator's login sees the accounts of one site, not of all."""

    dependencies = [("clinic", "0003_write_action")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
        for table in TABLES
    ]
