"""Row security, composite keys and audit for layer 1, and the cache that all processes share."""

from django.db import migrations

from clinic.sql import AUDIT_FUNCTIONS, SITES, append_only, audited, clinical, row_security, same_site

PERSON = {"participant_id": "clinic_participant"}
COURSE = {"enrolment_id": "clinic_enrolment"}
CACHE = migrations.RunSQL(
    "CREATE TABLE clinic_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
    "CREATE INDEX clinic_cache_expires ON clinic_cache (expires);",
    "DROP TABLE clinic_cache;",
)
# A refusal may concern no site at all; whoever reads access events reads those too.
ANY_OR_NONE = f"site_id IS NULL OR site_id = ANY ({SITES})"


class Migration(migrations.Migration):
    """Security of layer 1."""

    dependencies = [("clinic", "0001_initial")]
    operations = [
        AUDIT_FUNCTIONS,
        append_only("clinic_auditevent"),
        row_security("clinic_auditevent", ANY_OR_NONE),
        audited("clinic_site"),
        audited("clinic_user", drop="last_login", fingerprint="password"),
        audited("clinic_membership"),
        audited("clinic_token", fingerprint="digest"),
        *clinical("clinic_programme"),
        *clinical("clinic_participant"),
        *clinical("clinic_datakey", PERSON),
        *clinical("clinic_identity", PERSON),
        *clinical("clinic_consent", PERSON),
        *clinical("clinic_enrolment", {**PERSON, "programme_id": "clinic_programme"}),
        *clinical("clinic_allocation", COURSE),
        *clinical("clinic_careteam", COURSE),
        *clinical("clinic_signature"),
        row_security("clinic_write"),
        append_only("clinic_write"),
        row_security("clinic_accessevent", ANY_OR_NONE),
        same_site("clinic_accessevent", PERSON),
        append_only("clinic_accessevent"),
        CACHE,
    ]
