"""Row security, composite keys and audit for protocol, screening and gate; their files never change."""

from django.db import migrations

from clinic.sql import append_only, clinical

ENROLMENT = {"enrolment_id": "clinic_enrolment"}
SESSION = {"session_id": "therapy_session"}


class Migration(migrations.Migration):
    """Security of protocol, screening and gate."""

    dependencies = [("therapy", "0004_protocol_screening_gate")]
    operations = [
        *clinical("therapy_protocolversion", {"programme_id": "clinic_programme"}),
        append_only("therapy_protocolversion"),
        *clinical("therapy_protocolassignment", {**ENROLMENT, "protocol_id": "therapy_protocolversion"}),
        append_only("therapy_protocolassignment"),
        *clinical(
            "therapy_screeningfinding",
            {**ENROLMENT, **SESSION, "replaces_id": "therapy_screeningfinding"},
        ),
        *clinical("therapy_medication", {**ENROLMENT, "replaces_id": "therapy_medication"}),
        *clinical("therapy_medicineclearance", {"medication_id": "therapy_medication"}),
        *clinical("therapy_eligibilitydecision", {**ENROLMENT, "protocol_id": "therapy_protocolversion"}),
        *clinical("therapy_gateoverride", SESSION),
        *clinical(
            "therapy_dosedecision",
            {**SESSION, "override_id": "therapy_gateoverride", "replaces_id": "therapy_dosedecision"},
        ),
        *clinical("therapy_dosedeviation", {**SESSION, "dose_id": "therapy_doseadministration"}),
        migrations.RunSQL(
            "ALTER TABLE therapy_doseadministration ADD CONSTRAINT therapy_doseadministration_decision_id_site_fk"
            " FOREIGN KEY (site_id, decision_id) REFERENCES therapy_dosedecision (site_id, id);",
            "ALTER TABLE therapy_doseadministration DROP CONSTRAINT therapy_doseadministration_decision_id_site_fk;",
        ),
    ]
