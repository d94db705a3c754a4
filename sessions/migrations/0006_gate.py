"""The gate in front of a dose, in the database: one function answers, for the page and for the trigger that refuses.

therapy_gate(session, at) gives a row for each condition of the protocol that holds for the enrolment:
key, kind, state (green, red, unknown, not-applicable) and the facts that it rests on. It runs with the caller's
rights, so row security holds. Only what was so at `at` counts.
"""

from django.db import migrations

PROTOCOL_OF = """
CREATE FUNCTION therapy_protocol_of(the_enrolment uuid, at timestamptz DEFAULT clock_timestamp()) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  -- A signed move wins; else the newest version that was there when the person was enrolled; else the first.
  SELECT coalesce(
    (SELECT a.protocol_id FROM therapy_protocolassignment a
      WHERE a.enrolment_id = the_enrolment AND a.recorded_at <= at
        AND EXISTS (SELECT FROM clinic_signature s WHERE s.record = 'protocol-assignment' AND s.record_id = a.id)
      ORDER BY a.recorded_at DESC, a.id DESC LIMIT 1),
    (SELECT v.id FROM therapy_protocolversion v JOIN clinic_enrolment e ON e.programme_id = v.programme_id
      WHERE e.id = the_enrolment AND v.recorded_at <= e.recorded_at ORDER BY v.number DESC LIMIT 1),
    (SELECT v.id FROM therapy_protocolversion v JOIN clinic_enrolment e ON e.programme_id = v.programme_id
      WHERE e.id = the_enrolment ORDER BY v.number LIMIT 1))
$$;
"""

HOLDS_ROLE = """
CREATE FUNCTION therapy_holds_role(person uuid, the_site uuid, roles jsonb, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM clinic_membership m WHERE m.user_id = person AND m.site_id = the_site
    AND roles ? m.role AND (m.ends_at IS NULL OR m.ends_at > at))
$$;
"""

DECISION = """
CREATE FUNCTION therapy_gate_decision(the_enrolment uuid, the_protocol uuid, at timestamptz,
  OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE d therapy_eligibilitydecision; signed integer;
BEGIN
  SELECT * INTO d FROM therapy_eligibilitydecision e WHERE e.enrolment_id = the_enrolment
    AND e.entered_in_error_at IS NULL AND e.occurred_at <= at ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1;
  IF d.id IS NULL THEN state := 'unknown'; facts := jsonb_build_object('why', 'undecided'); RETURN; END IF;
  SELECT count(DISTINCT s.signer_id) INTO signed FROM clinic_signature s
    WHERE s.record = 'eligibility' AND s.record_id = d.id AND s.record_sha256 = d.sha256;
  facts := jsonb_build_object('decision', d.id, 'outcome', d.outcome, 'at', d.occurred_at);
  IF d.outcome <> 'eligible' THEN state := 'red'; facts := facts || '{"why": "outcome"}';
  ELSIF signed < (CASE WHEN d.overridden = '[]'::jsonb THEN 1 ELSE 2 END) THEN
    state := 'unknown'; facts := facts || '{"why": "unsigned"}';
  ELSIF d.protocol_id IS DISTINCT FROM the_protocol THEN
    state := 'unknown'; facts := facts || '{"why": "other-protocol"}';
  -- What was found or corrected after the decision was not weighed by it. The morning has conditions of its own.
  ELSIF EXISTS (SELECT FROM therapy_screeningfinding f WHERE f.enrolment_id = the_enrolment
      AND f.occasion <> 'dosing'
      AND (f.recorded_at > d.recorded_at OR f.entered_in_error_at > d.recorded_at)) THEN
    state := 'unknown'; facts := facts || '{"why": "changed"}';
  ELSE state := 'green';
  END IF;
END $$;
"""

CONSENT = """
CREATE FUNCTION therapy_gate_consent(person uuid, the_kind text, at timestamptz, OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE c record;
BEGIN
  SELECT x.given_at, x.withdrawn_at, x.text_version INTO c FROM clinic_consent x
    WHERE x.participant_id = person AND x.kind = the_kind AND x.entered_in_error_at IS NULL AND x.given_at <= at
    ORDER BY (x.withdrawn_at IS NULL OR x.withdrawn_at > at) DESC, x.given_at DESC LIMIT 1;
  IF c.given_at IS NULL THEN state := 'unknown'; facts := '{"why": "never"}';
  ELSIF c.withdrawn_at <= at THEN
    state := 'red'; facts := jsonb_build_object('why', 'withdrawn', 'at', c.withdrawn_at);
  ELSE state := 'green'; facts := jsonb_build_object('at', c.given_at, 'version', c.text_version);
  END IF;
END $$;
"""

STAFF = """
CREATE FUNCTION therapy_gate_staff(the_session uuid, the_site uuid, staffing jsonb, at timestamptz,
  OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE here integer; registered integer; needed integer := (staffing->>'people')::integer;
BEGIN
  SELECT count(*), count(*) FILTER (WHERE EXISTS (
      SELECT FROM clinic_membership m WHERE m.user_id = p.person_id AND m.site_id = the_site
        AND m.role IN ('therapist', 'physician') AND (m.ends_at IS NULL OR m.ends_at > at)
        AND m.registration <> '' AND (m.registration_ends_on IS NULL OR m.registration_ends_on >= p.today)))
    INTO here, registered
    FROM (SELECT DISTINCT a.person_id, (at AT TIME ZONE s.time_zone)::date AS today
      FROM therapy_attendance a JOIN clinic_site s ON s.id = the_site
      WHERE a.session_id = the_session AND a.entered_in_error_at IS NULL AND staffing->'parts' ? a.part
        AND a.occurred_at <= at AND (a.left_at IS NULL OR a.left_at > at)) p;
  facts := jsonb_build_object('here', here, 'registered', registered, 'needed', needed);
  IF here = 0 THEN state := 'unknown';
  ELSIF (CASE WHEN (staffing->>'registration')::boolean THEN registered ELSE here END) < needed THEN state := 'red';
  ELSE state := 'green';
  END IF;
END $$;
"""

FINDING = """
CREATE FUNCTION therapy_gate_finding(the_enrolment uuid, the_factor text, accept jsonb, hours integer, at timestamptz,
  OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE f record; found integer := 0;
BEGIN
  state := 'unknown'; facts := '{"why": "not-asked"}';
  -- Every finding that nothing replaced counts: one that is not accepted is red, whatever else was found.
  FOR f IN SELECT x.id, x.value, x.occurred_at FROM therapy_screeningfinding x
      WHERE x.enrolment_id = the_enrolment AND x.factor = the_factor AND x.entered_in_error_at IS NULL
        AND x.occurred_at <= at AND x.occurred_at > at - make_interval(hours => hours)
        AND NOT EXISTS (SELECT FROM therapy_screeningfinding y
          WHERE y.replaces_id = x.id AND y.entered_in_error_at IS NULL AND y.occurred_at <= at)
      ORDER BY x.occurred_at LOOP
    facts := jsonb_build_object('finding', f.id, 'value', f.value, 'at', f.occurred_at);
    IF f.value IS NULL OR jsonb_typeof(f.value) = 'null' OR f.value #>> '{}' IN ('unknown', 'not_asked', 'declined', 'not_arranged') THEN
      state := 'unknown'; facts := facts || '{"why": "open"}'; RETURN;
    ELSIF accept IS NOT NULL AND NOT (CASE jsonb_typeof(f.value)
        WHEN 'array' THEN jsonb_array_length(f.value) > 0 AND accept @> f.value
        ELSE accept ? (f.value #>> '{}') END) THEN
      state := 'red'; facts := facts || '{"why": "not-accepted"}'; RETURN;
    END IF;
    state := 'green';
  END LOOP;
END $$;
"""

MEDICINES = """
CREATE FUNCTION therapy_gate_medicines(the_enrolment uuid, the_factor text, hours integer, at timestamptz,
  OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE open_names jsonb;
BEGIN
  SELECT * INTO state, facts FROM therapy_gate_finding(the_enrolment, the_factor, NULL, hours, at);
  IF state <> 'green' THEN RETURN; END IF;
  -- Each medicine of the list, taken or stopped, needs a signed clearance: an unknown one is never passed in silence.
  SELECT coalesce(jsonb_agg(m.name ORDER BY m.name), '[]') INTO open_names FROM therapy_medication m
    WHERE m.enrolment_id = the_enrolment AND m.entered_in_error_at IS NULL AND m.occurred_at <= at
      AND NOT EXISTS (SELECT FROM therapy_medication n
        WHERE n.replaces_id = m.id AND n.entered_in_error_at IS NULL AND n.occurred_at <= at)
      AND NOT EXISTS (SELECT FROM therapy_medicineclearance c
        JOIN clinic_signature s ON s.record = 'clearance' AND s.record_id = c.id AND s.record_sha256 = c.sha256
        WHERE c.medication_id = m.id AND c.entered_in_error_at IS NULL AND c.occurred_at <= at);
  IF open_names <> '[]'::jsonb THEN
    state := 'red'; facts := jsonb_build_object('why', 'not-cleared', 'medicines', open_names);
  END IF;
END $$;
"""

VITALS = """
CREATE FUNCTION therapy_gate_vitals(the_session uuid, condition jsonb, thresholds jsonb, at timestamptz,
  OUT state text, OUT facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE one record; measured numeric; limit_ numeric;
BEGIN
  state := 'green'; facts := '{}';
  FOR one IN SELECT * FROM (VALUES ('systolic_at_most', 'systolic_mmhg'), ('diastolic_at_most', 'diastolic_mmhg'),
      ('pulse_at_most', 'pulse_bpm'), ('temperature_at_most', 'temperature_c')) AS x (name, measure)
      WHERE condition ? x.name LOOP
    -- The latest value of each measure, which need not come from one reading.
    SELECT (to_jsonb(v)->>one.measure)::numeric INTO measured FROM therapy_vitalsign v
      WHERE v.session_id = the_session AND v.entered_in_error_at IS NULL AND v.occurred_at <= at
        AND v.occurred_at > at - make_interval(mins => (condition->>'within_minutes')::integer)
        AND to_jsonb(v)->>one.measure IS NOT NULL
      ORDER BY v.occurred_at DESC, v.id DESC LIMIT 1;
    limit_ := (thresholds->(condition->>one.name)->>'value')::numeric;
    facts := facts || jsonb_build_object(one.measure, measured);
    IF measured IS NULL OR limit_ IS NULL THEN
      state := CASE state WHEN 'red' THEN 'red' ELSE 'unknown' END;
    ELSIF measured > limit_ THEN state := 'red';
    END IF;
    measured := NULL;
  END LOOP;
END $$;
"""

GATE = """
CREATE FUNCTION therapy_gate(the_session uuid, at timestamptz)
RETURNS TABLE (place integer, key text, kind text, state text, facts jsonb)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE s record; p jsonb; c jsonb; the_protocol uuid;
BEGIN
  SELECT x.id, x.site_id, x.enrolment_id, x.participant_id, y.sex INTO s FROM therapy_session x
    JOIN clinic_participant y ON y.id = x.participant_id WHERE x.id = the_session;
  the_protocol := therapy_protocol_of(s.enrolment_id, at);
  SELECT v.facts INTO p FROM therapy_protocolversion v WHERE v.id = the_protocol;
  place := 0;
  IF p IS NULL THEN
    key := 'protocol'; kind := 'protocol'; state := 'unknown'; facts := '{"why": "no-protocol"}';
    RETURN NEXT; RETURN;
  END IF;
  FOR c IN SELECT jsonb_array_elements(p->'gate'->'conditions') LOOP
    place := place + 1; key := c->>'key'; kind := c->>'kind';
    IF coalesce(c->'not_for_sex', '[]') ? s.sex THEN state := 'not-applicable'; facts := '{}';
    ELSE
      CASE kind
        WHEN 'decision' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_decision(s.enrolment_id, the_protocol, at) x;
        WHEN 'consent' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_consent(s.participant_id, c->>'consent', at) x;
        WHEN 'staff' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_staff(s.id, s.site_id, p->'staffing', at) x;
        WHEN 'medicines' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_medicines(
            s.enrolment_id, c->>'factor', (c->>'within_hours')::integer, at) x;
        WHEN 'finding' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_finding(
            s.enrolment_id, c->>'factor', c->'accept', (c->>'within_hours')::integer, at) x;
        WHEN 'vitals' THEN
          SELECT x.state, x.facts INTO state, facts FROM therapy_gate_vitals(s.id, c, p->'thresholds', at) x;
        -- A kind that this database does not know is not known: it never lets anything through.
        ELSE state := 'unknown'; facts := '{"why": "unknown-kind"}';
      END CASE;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;
"""

OVERRIDE = """
CREATE FUNCTION therapy_override_complete(the_override uuid, the_session uuid, closed jsonb, roles jsonb,
  at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public AS $$
DECLARE o therapy_gateoverride; signers integer; named integer;
BEGIN
  SELECT * INTO o FROM therapy_gateoverride x WHERE x.id = the_override AND x.session_id = the_session
    AND x.entered_in_error_at IS NULL AND x.occurred_at <= at AND x.occurred_at > at - interval '12 hours';
  IF o.id IS NULL OR NOT o.conditions @> closed THEN RETURN false; END IF;
  SELECT count(DISTINCT s.signer_id),
      count(DISTINCT s.signer_id) FILTER (WHERE therapy_holds_role(s.signer_id, o.site_id, roles, at))
    INTO signers, named FROM clinic_signature s
    WHERE s.record = 'gate-override' AND s.record_id = o.id AND s.record_sha256 = o.sha256 AND s.signed_at <= at;
  RETURN signers >= 2 AND named >= 1;
END $$;
"""

AUTHORISE = """
CREATE FUNCTION therapy_authorise() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE closed jsonb; p jsonb; s therapy_session;
BEGIN
  IF NEW.outcome <> 'authorised' THEN RETURN NEW; END IF;
  IF abs(extract(epoch FROM NEW.recorded_at - NEW.occurred_at)) > 900 THEN
    RAISE EXCEPTION 'A dose is authorised before it is given' USING ERRCODE = '23514', CONSTRAINT = 'dosedecision_now';
  END IF;
  SELECT * INTO s FROM therapy_session x WHERE x.id = NEW.session_id;
  SELECT v.facts INTO p FROM therapy_protocolversion v WHERE v.id = therapy_protocol_of(s.enrolment_id, NEW.occurred_at);
  IF NOT coalesce(therapy_holds_role(NEW.recorded_by_id, NEW.site_id, p->'gate'->'authorisers', NEW.recorded_at), false) THEN
    RAISE EXCEPTION 'Not named by the protocol' USING ERRCODE = '23514', CONSTRAINT = 'dosedecision_authoriser';
  END IF;
  SELECT coalesce(jsonb_agg(g.key), '[]') INTO closed FROM therapy_gate(NEW.session_id, NEW.occurred_at) g
    WHERE g.state NOT IN ('green', 'not-applicable');
  IF closed = '[]'::jsonb THEN RETURN NEW; END IF;
  IF NEW.override_id IS NOT NULL AND (p->'gate'->>'override')::boolean AND therapy_override_complete(
      NEW.override_id, NEW.session_id, closed, p->'screening'->'overriders', NEW.occurred_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The gate is not open: %', closed USING ERRCODE = '23514', CONSTRAINT = 'dosedecision_gate_open';
END $$;
CREATE TRIGGER authorise BEFORE INSERT ON therapy_dosedecision FOR EACH ROW EXECUTE FUNCTION therapy_authorise();
ALTER TABLE therapy_dosedecision ENABLE ALWAYS TRIGGER authorise;
"""

DEVIATE = """
CREATE FUNCTION therapy_deviate() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE d therapy_dosedecision; found jsonb := '[]';
BEGIN
  -- A dose that happened is never refused. What differs from its authorisation is written beside it.
  IF NEW.decision_id IS NULL THEN found := '["not-authorised"]';
  ELSE
    SELECT * INTO d FROM therapy_dosedecision x WHERE x.id = NEW.decision_id;
    IF d.entered_in_error_at IS NOT NULL OR d.outcome <> 'authorised' THEN found := found || '"not-in-force"'; END IF;
    IF d.session_id <> NEW.session_id THEN found := found || '"other-session"'; END IF;
    IF d.part <> NEW.part THEN found := found || '"other-part"'; END IF;
    IF upper(d.substance) <> upper(NEW.substance) THEN found := found || '"other-substance"'; END IF;
    IF NEW.dose_mg > coalesce(d.dose_mg, 0) THEN found := found || '"above"'; END IF;
    -- Pages give whole minutes.
    IF NEW.occurred_at < date_trunc('minute', d.occurred_at) THEN found := found || '"before"'; END IF;
  END IF;
  IF found <> '[]'::jsonb THEN
    INSERT INTO therapy_dosedeviation (id, site_id, session_id, dose_id, kinds, recorded_at, entered_in_error_reason)
      VALUES (NEW.id, NEW.site_id, NEW.session_id, NEW.id, found, NEW.recorded_at, '');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deviate AFTER INSERT ON therapy_doseadministration FOR EACH ROW EXECUTE FUNCTION therapy_deviate();
ALTER TABLE therapy_doseadministration ENABLE ALWAYS TRIGGER deviate;
"""


class Migration(migrations.Migration):
    """The gate."""

    dependencies = [("therapy", "0005_protocol_screening_gate_security"), ("clinic", "0003_write_action")]
    operations = [
        migrations.RunSQL(PROTOCOL_OF, "DROP FUNCTION therapy_protocol_of(uuid, timestamptz);"),
        migrations.RunSQL(HOLDS_ROLE, "DROP FUNCTION therapy_holds_role(uuid, uuid, jsonb, timestamptz);"),
        migrations.RunSQL(DECISION, "DROP FUNCTION therapy_gate_decision(uuid, uuid, timestamptz);"),
        migrations.RunSQL(CONSENT, "DROP FUNCTION therapy_gate_consent(uuid, text, timestamptz);"),
        migrations.RunSQL(STAFF, "DROP FUNCTION therapy_gate_staff(uuid, uuid, jsonb, timestamptz);"),
        migrations.RunSQL(
            FINDING, "DROP FUNCTION therapy_gate_finding(uuid, text, jsonb, integer, timestamptz);"
        ),
        migrations.RunSQL(
            MEDICINES, "DROP FUNCTION therapy_gate_medicines(uuid, text, integer, timestamptz);"
        ),
        migrations.RunSQL(VITALS, "DROP FUNCTION therapy_gate_vitals(uuid, jsonb, jsonb, timestamptz);"),
        migrations.RunSQL(GATE, "DROP FUNCTION therapy_gate(uuid, timestamptz);"),
        migrations.RunSQL(
            OVERRIDE, "DROP FUNCTION therapy_override_complete(uuid, uuid, jsonb, jsonb, timestamptz);"
        ),
        migrations.RunSQL(
            AUTHORISE, "DROP TRIGGER authorise ON therapy_dosedecision; DROP FUNCTION therapy_authorise();"
        ),
        migrations.RunSQL(
            DEVIATE, "DROP TRIGGER deviate ON therapy_doseadministration; DROP FUNCTION therapy_deviate();"
        ),
    ]
