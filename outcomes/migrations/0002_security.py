"""Row security, composite keys and audit for layer 3, and the one door of a check-in link."""

from django.db import migrations

from clinic.sql import append_only, audited, clinical, row_security, same_site

COURSE = {"enrolment_id": "clinic_enrolment"}
PROGRAMME = {"programme_id": "clinic_programme"}
CHECK_IN_SITE = migrations.RunSQL(
    """
    CREATE FUNCTION outcomes_check_in_site(digest text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, public AS $$
      -- Tells the site of a link and nothing more: row security then shows the link itself.
      SELECT site_id FROM public.outcomes_checkin WHERE token_digest = digest
    $$;
    REVOKE ALL ON FUNCTION outcomes_check_in_site(text) FROM PUBLIC;
    """,
    "DROP FUNCTION outcomes_check_in_site(text);",
)


class Migration(migrations.Migration):
    """Security of layer 3."""

    dependencies = [("outcomes", "0001_initial"), ("therapy", "0002_security")]
    operations = [
        *clinical("outcomes_assessment", COURSE),
        *clinical("outcomes_checkin", COURSE),
        *clinical("outcomes_export", PROGRAMME),
        *clinical("outcomes_importedfile", PROGRAMME),
        append_only("outcomes_importedfile"),
        row_security("outcomes_importdraft"),
        same_site("outcomes_importdraft", PROGRAMME),
        # The file itself stays out of the audit: it is sealed, large, and emptied when used.
        audited("outcomes_importdraft", drop="wrapped,content_sealed,map_sealed"),
        CHECK_IN_SITE,
    ]
