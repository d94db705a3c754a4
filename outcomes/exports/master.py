"""The long master, one row a participant, visit, instrument and item, as PostgreSQL copies it out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connections
from psycopg import IsolationLevel

from outcomes.exports.codebook import Used
from outcomes.exports.columns import AGE_ITEMS, ALLOCATION, COLUMNS, OLDEST, Profile
from outcomes.instruments import registry

NAME = "master.csv"
ALIAS = "research"
# COLLATE "C": the same order of bytes on every server, whatever its language.
ORDER = (
    'participant COLLATE "C", visit COLLATE "C", instrument COLLATE "C", item COLLATE "C", occasion, version'
)
SITTINGS = """
WITH label AS (
  SELECT * FROM unnest(%(ids)s::uuid[], %(labels)s::text[]) AS label (participant_id, participant)
), known AS (
  SELECT * FROM unnest(%(instruments)s::text[], %(versions)s::text[], %(items)s::text[])
    AS known (instrument, version, item)
), visit_day AS (
  SELECT * FROM unnest(%(visits)s::text[], %(days)s::integer[]) AS visit_day (visit, day)
), enrolled AS (
  SELECT label.participant, site.slug AS site, site.time_zone, enrolment.*
    FROM clinic_enrolment enrolment
    JOIN label USING (participant_id)
    JOIN clinic_site site ON site.id = enrolment.site_id
   WHERE enrolment.programme_id = ANY(%(programmes)s) AND enrolment.entered_in_error_at IS NULL
), sitting AS (
  SELECT enrolled.participant, enrolled.site, enrolled.enrolled_on,
         assessment.visit, assessment.instrument, assessment.version, assessment.mode, assessment.answers,
         assessment.score, assessment.subscales, assessment.missing_reason,
         (assessment.occurred_at AT TIME ZONE enrolled.time_zone)::date AS occurred_on,
         row_number() OVER (PARTITION BY enrolled.participant_id, assessment.visit, assessment.instrument
                            ORDER BY assessment.occurred_at NULLS FIRST, assessment.id) AS occasion
    FROM outcomes_assessment assessment JOIN enrolled ON enrolled.id = assessment.enrolment_id
   WHERE assessment.entered_in_error_at IS NULL
), cell AS (
  SELECT sitting.*, found.item, found.text, found.type, found.reason
    FROM sitting CROSS JOIN LATERAL (
      SELECT key AS item, value #>> '{}' AS text, jsonb_typeof(value) AS type, NULL AS reason
        FROM jsonb_each(sitting.answers)
      UNION ALL
      -- An item without an answer is a row too, unless a total came without its items.
      SELECT known.item, NULL, 'null', NULL FROM known
       WHERE known.instrument = sitting.instrument AND known.version = sitting.version
         AND NOT sitting.answers ? known.item AND NOT sitting.answers ? 'total'
      UNION ALL
      SELECT 'total', sitting.score::text, 'number', sitting.missing_reason
       WHERE NOT sitting.answers ? 'total'
         AND (sitting.score IS NOT NULL OR sitting.missing_reason NOT IN ('', 'no_total'))
      UNION ALL
      SELECT 'subscale_' || lower(key), value #>> '{}', 'number', 'too_many_missing'
        FROM jsonb_each(sitting.subscales)
    ) found
), long AS (
  SELECT participant, site, visit, occasion, occurred_on,
         coalesce(occurred_on - enrolled_on, CASE WHEN mode = 'import' THEN visit_day.day END) AS study_day,
         instrument, version, mode, item,
         CASE WHEN type = 'number' OR (version <> 'imported' AND text ~ '^-?[0-9]+([.][0-9]+)?$')
              THEN trim_scale(text::numeric) END AS value,
         CASE WHEN type IN ('string', 'boolean')
               AND (version = 'imported' OR text !~ '^-?[0-9]+([.][0-9]+)?$') THEN text END AS code,
         CASE WHEN text IS NULL THEN coalesce(NULLIF(reason, ''),
              CASE mode WHEN 'import' THEN 'not_in_source' ELSE 'not_answered' END) END AS missing
    FROM cell LEFT JOIN visit_day USING (visit)
  UNION ALL
  -- The arm leaves only where nobody is blinded, or no longer.
  SELECT enrolled.participant, enrolled.site, 'entry', 1, NULL, NULL, %(allocation)s, '1', 'staff', 'arm',
         NULL, allocation.arm, NULL
    FROM clinic_allocation allocation
    JOIN enrolled ON enrolled.id = allocation.enrolment_id
    JOIN clinic_programme programme ON programme.id = enrolled.programme_id
   WHERE allocation.entered_in_error_at IS NULL
     AND (NOT programme.blinded OR programme.finished_on IS NOT NULL)
)
"""
OVER_AGE = "(item = ANY(%(age_items)s) AND value > %(oldest)s)"
# In safe-harbor an age over 89 is one category.
SAFE = {
    "value": f"CASE WHEN {OVER_AGE} THEN NULL ELSE value END AS value",
    "code": f"CASE WHEN {OVER_AGE} THEN '90+' ELSE code END AS code",
}


def copy_statement(profile: str) -> str:
    """COPY of the master as CSV with a header; the parameters are those of `parameters`."""
    safe = SAFE if profile == Profile.SAFE_HARBOR else {}
    columns = ", ".join(safe.get(column.name, column.name) for column in COLUMNS[profile])
    # Every part is a constant of this module; what varies is a parameter.
    chosen = f"{SITTINGS} SELECT {columns} FROM long ORDER BY {ORDER}"  # noqa: S608
    return f"COPY ({chosen}) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8')"


def parameters(programmes: list, labels: Mapping, visit_days: Mapping[str, int]) -> dict[str, Any]:
    """What the query needs beside the tables. `labels`: participant id -> what stands for it in the file."""
    known = [
        (instrument.key, instrument.version, item.key)
        for instrument in registry.all()
        for item in instrument.items
    ]
    return {
        "programmes": programmes,
        "ids": list(labels),
        "labels": list(labels.values()),
        "instruments": [instrument for instrument, _version, _item in known],
        "versions": [version for _instrument, version, _item in known],
        "items": [item for _instrument, _version, item in known],
        "visits": list(visit_days),
        "days": list(visit_days.values()),
        "allocation": ALLOCATION,
        "age_items": list(AGE_ITEMS),
        "oldest": OLDEST,
    }


def copied(profile: str, given: dict[str, Any]) -> Iterator[bytes]:
    """The master as PostgreSQL writes it, chunk by chunk, without holding it."""
    with connections[ALIAS].cursor() as cursor, cursor.copy(copy_statement(profile), given) as copy:
        yield from copy


def used_items(given: dict[str, Any]) -> list[Used]:
    """Every instrument, version and item that the master holds."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(f"{SITTINGS} SELECT DISTINCT instrument, version, item FROM long", given)  # noqa: S608
        return [Used(*row) for row in cursor.fetchall()]


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All that is read inside, in its own transaction, is read from one snapshot."""
    connection = connections[ALIAS]
    connection.ensure_connection()
    if connection.in_atomic_block:
        # The transaction has its snapshot already; there is nothing left to choose.
        yield
        return
    former = connection.connection.isolation_level
    connection.connection.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            connection.connection.isolation_level = former
