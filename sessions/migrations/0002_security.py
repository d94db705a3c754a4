"""Row security, composite keys and audit for layer 2."""

from django.db import migrations

from clinic.sql import clinical

OF_SESSION = {"session_id": "therapy_session"}
ROWS = ("attendance", "setting", "logentry", "vitalsign", "doseadministration")


class Migration(migrations.Migration):
    """Security of layer 2."""

    dependencies = [("therapy", "0001_initial"), ("clinic", "0002_security")]
    operations = [
        *clinical(
            "therapy_session", {"participant_id": "clinic_participant", "enrolment_id": "clinic_enrolment"}
        ),
        *[
            operation
            for row in ROWS
            for operation in clinical(f"therapy_{row}", {**OF_SESSION, "replaces_id": f"therapy_{row}"})
        ],
        *clinical("therapy_amendment", OF_SESSION),
    ]
