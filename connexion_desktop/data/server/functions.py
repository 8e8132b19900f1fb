"""What the rights stand on, in SQL: who is connected, whose people they are, the journal.

Every function is the owner's. Where it says AS_OWNER it runs as the owner, past the rights of rows,
on a fixed path: nobody can put a table of theirs in its way. `sees` runs as who asks.
`session_user` is who logged in, whatever the present role.

They are PL/pgSQL, whose plans are kept from one call to the next: policies call them dozens of
times for a page, and an SQL function is planned again each time (a role: 1.2 ms against 0.1).
"""

from __future__ import annotations

_WHO = """
CREATE OR REPLACE FUNCTION day_here() RETURNS date LANGUAGE sql STABLE AS_OWNER AS $$
    SELECT TODAY
$$;

CREATE OR REPLACE FUNCTION my_staff() RETURNS uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN (SELECT id FROM staff
            WHERE login = session_user AND deleted_at IS NULL
              AND (left_on IS NULL OR left_on >= TODAY));
END
$$;

CREATE OR REPLACE FUNCTION my_author() RETURNS text LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN (SELECT btrim(given_name || ' ' || family_name) FROM staff
            WHERE login = session_user AND deleted_at IS NULL
              AND (left_on IS NULL OR left_on >= TODAY));
END
$$;

CREATE OR REPLACE FUNCTION is_me(author text) RETURNS boolean LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN coalesce(author = 'cli:' || session_user OR author = my_author(), false);
END
$$;

CREATE OR REPLACE FUNCTION has_role(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM staff JOIN staff_role AS held ON held.staff_id = staff.id
        WHERE staff.login = session_user AND staff.deleted_at IS NULL
          AND (staff.left_on IS NULL OR staff.left_on >= TODAY)
          AND held.role = wanted AND held.deleted_at IS NULL
          AND (held.starts_on IS NULL OR held.starts_on <= TODAY)
          AND (held.ends_on IS NULL OR held.ends_on >= TODAY)
    );
END
$$;
"""

_WHOSE = """
CREATE OR REPLACE FUNCTION my_sites() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT site.id FROM site JOIN staff_role AS held
      ON held.site_id = site.id OR held.site_id IS NULL
    WHERE held.staff_id = my_staff() AND held.role = 'conseiller' AND held.deleted_at IS NULL
      AND (held.starts_on IS NULL OR held.starts_on <= TODAY)
      AND (held.ends_on IS NULL OR held.ends_on >= TODAY);
END
$$;

CREATE OR REPLACE FUNCTION my_cohorts() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
DECLARE
    me uuid := my_staff();
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    IF has_role('conseiller') THEN
        RETURN QUERY SELECT id FROM cohort
        WHERE conseiller_id = me
           OR (conseiller_id IS NULL AND (site_id IS NULL OR site_id IN (SELECT my_sites())));
    END IF;
    RETURN QUERY SELECT cohort_id FROM cohort_access
    WHERE staff_id = me AND deleted_at IS NULL AND starts_on <= TODAY
      AND (ends_on IS NULL OR ends_on >= TODAY);
END
$$;

-- A replacement, even of somebody who holds no other role, is a conseiller's work.
CREATE OR REPLACE FUNCTION is_conseiller() RETURNS boolean LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN has_role('conseiller') OR EXISTS (SELECT my_cohorts());
END
$$;

CREATE OR REPLACE FUNCTION is_of_the_team() RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN is_conseiller() OR has_role('secretariat') OR has_role('direction');
END
$$;

CREATE OR REPLACE FUNCTION my_people() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
DECLARE
    me uuid := my_staff();
BEGIN
    IF me IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT person_id FROM journey
    WHERE cohort_id IN (SELECT my_cohorts()) AND (
        deleted_at IS NULL
        OR NOT EXISTS (SELECT 1 FROM journey AS other
                       WHERE other.person_id = journey.person_id AND other.deleted_at IS NULL));
    IF has_role('conseiller') THEN
        RETURN QUERY SELECT person.id FROM person
        WHERE referent_id = me
           OR ((site_id IS NULL OR site_id IN (SELECT my_sites()))
               AND NOT EXISTS (SELECT 1 FROM journey WHERE journey.person_id = person.id
                               AND journey.deleted_at IS NULL));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION my_journeys() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM journey WHERE person_id IN (SELECT my_people());
END
$$;

CREATE OR REPLACE FUNCTION my_interviews() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM interview WHERE person_id IN (SELECT my_people());
END
$$;

CREATE OR REPLACE FUNCTION my_attendances() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM attendance WHERE journey_id IN (SELECT my_journeys());
END
$$;

CREATE OR REPLACE FUNCTION my_placements() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM placement WHERE person_id IN (SELECT my_people());
END
$$;

CREATE OR REPLACE FUNCTION my_agreements() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM agreement WHERE placement_id IN (SELECT my_placements());
END
$$;

CREATE OR REPLACE FUNCTION my_amendments() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM amendment WHERE placement_id IN (SELECT my_placements());
END
$$;

CREATE OR REPLACE FUNCTION my_accidents() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM accident WHERE placement_id IN (SELECT my_placements());
END
$$;

CREATE OR REPLACE FUNCTION who_am_i(
    OUT association uuid, OUT base uuid, OUT staff uuid, OUT name text, OUT roles text[],
    OUT digest text
) LANGUAGE sql STABLE AS_OWNER AS $$
    SELECT association_id, base_id, my_staff(), my_author(),
           ARRAY(SELECT each FROM unnest(ARRAY['conseiller', 'secretariat', 'direction']) AS each
                 WHERE has_role(each) OR (each = 'conseiller' AND is_conseiller())),
           reference_digest
    FROM base_info
$$;

-- As who asks: through the rights of the row it names. Only a table of ours is ever read.
CREATE OR REPLACE FUNCTION sees(its_table text, its_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    found boolean;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM pg_attribute
        WHERE attrelid = to_regclass('public.' || quote_ident(its_table))
          AND attname = 'id' AND atttypid = 'uuid'::regtype
    ) THEN
        RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I WHERE id = $1)', its_table)
        INTO found USING its_id;
    RETURN found;
END
$$;
"""

_JOURNAL = """
-- The command that this very transaction began: an older one would let its lines be written again.
CREATE OR REPLACE FUNCTION command_under_way() RETURNS uuid
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    command uuid := nullif(current_setting('connexion.command', true), '')::uuid;
BEGIN
    IF command IS NOT NULL AND EXISTS (
        SELECT 1 FROM done_command WHERE command_id = command AND at >= now()
        AND (is_me(author) OR author = 'serveur:' || session_user)
    ) THEN
        RETURN command;
    END IF;
    command := gen_random_uuid();
    INSERT INTO done_command (command_id, association_id, at, author, label, final)
    SELECT command, association_id, clock_timestamp(), 'serveur:' || session_user,
           'Hors de l’application', false
    FROM base_info;
    PERFORM set_config('connexion.command', command::text, true);
    RETURN command;
END
$$;

-- What was done stays told as it was: only that it is undone may be said later.
CREATE OR REPLACE FUNCTION keep_command() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF (OLD.final AND NOT NEW.final) OR (
        OLD.at < now() AND to_jsonb(NEW) - 'undone_by' <> to_jsonb(OLD) - 'undone_by'
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the journal is not written again';
    END IF;
    RETURN NEW;
END
$$;

-- One line for a row made, one for each field changed, as data/audit.py writes them on the file.
CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    command uuid := command_under_way();
    who text;
    before jsonb;
    after jsonb;
    changed record;
BEGIN
    PERFORM pg_notify('connexion', TG_TABLE_NAME || ' ' || NEW.id);
    SELECT author INTO who FROM done_command WHERE command_id = command;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_line
            (id, association_id, at, author, command_id, table_name, row_id, op)
        VALUES (gen_random_uuid(), NEW.association_id, clock_timestamp(), who, command,
                TG_TABLE_NAME, NEW.id, 'insert');
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT 1 FROM audit_line
               WHERE command_id = command AND row_id = NEW.id AND op = 'insert') THEN
        RETURN NULL;
    END IF;
    IF TG_ARGV[0] = 'heavy' THEN
        before := jsonb_build_object('deleted_at', OLD.deleted_at);
        after := jsonb_build_object('deleted_at', NEW.deleted_at);
    ELSE
        before := to_jsonb(OLD);
        after := to_jsonb(NEW);
    END IF;
    FOR changed IN
        SELECT key AS field, nullif(before -> key, 'null') AS was, nullif(value, 'null') AS became
        FROM jsonb_each(after)
        WHERE key NOT IN ('id', 'association_id', 'version', 'created_at')
          AND value IS DISTINCT FROM (before -> key)
    LOOP
        UPDATE audit_line SET after = changed.became::json, op = CASE
            WHEN field <> 'deleted_at' THEN 'update'
            WHEN changed.became IS NULL THEN 'restore' ELSE 'delete' END
        WHERE command_id = command AND table_name = TG_TABLE_NAME AND row_id = NEW.id
          AND field = changed.field;
        CONTINUE WHEN FOUND;
        INSERT INTO audit_line (id, association_id, at, author, command_id, table_name, row_id, op,
                                field, before, after)
        VALUES (gen_random_uuid(), NEW.association_id, clock_timestamp(), who, command,
                TG_TABLE_NAME, NEW.id,
                CASE WHEN changed.field <> 'deleted_at' THEN 'update'
                     WHEN changed.became IS NULL THEN 'restore' ELSE 'delete' END,
                changed.field, changed.was::json, changed.became::json);
    END LOOP;
    RETURN NULL;
END
$$;

-- As data/audit.py's join_earlier: two saves of one author on the very same fields within ten
-- minutes are one step of undo.
CREATE OR REPLACE FUNCTION join_earlier(present uuid) RETURNS void
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    this done_command;
    last done_command;
BEGIN
    SELECT * INTO this FROM done_command
    WHERE command_id = present AND is_me(author) AND at >= now();
    IF NOT FOUND OR this.final OR this.undoes IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM audit_line WHERE command_id = present AND op <> 'update')
       OR NOT EXISTS (SELECT 1 FROM audit_line WHERE command_id = present) THEN
        RETURN;
    END IF;
    SELECT * INTO last FROM done_command AS one
    WHERE one.author = this.author AND one.command_id <> present
      AND EXISTS (SELECT 1 FROM audit_line WHERE audit_line.command_id = one.command_id)
    ORDER BY one.at DESC LIMIT 1;
    IF NOT FOUND OR last.label <> this.label OR last.final OR last.undoes IS NOT NULL
       OR last.undone_by IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (
        SELECT 1 FROM
            (SELECT * FROM audit_line WHERE command_id = present) AS mine
            FULL JOIN (SELECT * FROM audit_line WHERE command_id = last.command_id) AS earlier
            USING (table_name, row_id, field)
        WHERE mine.id IS NULL OR earlier.id IS NULL
           OR earlier.after::jsonb IS DISTINCT FROM mine.before::jsonb
           OR earlier.at < clock_timestamp() - interval '10 minutes'
    ) THEN
        RETURN;
    END IF;
    UPDATE audit_line AS earlier SET after = mine.after, command_id = present
    FROM audit_line AS mine
    WHERE mine.command_id = present AND earlier.command_id = last.command_id
      AND mine.table_name = earlier.table_name AND mine.row_id = earlier.row_id
      AND mine.field = earlier.field;
    DELETE FROM audit_line AS mine USING audit_line AS earlier
    WHERE mine.command_id = present AND earlier.command_id = present AND mine.at > earlier.at
      AND mine.table_name = earlier.table_name AND mine.row_id = earlier.row_id
      AND mine.field = earlier.field;
END
$$;

-- The only door to the journal of commands: in one's own name, at this instant. Who keeps the
-- server and speaks as the owner signs as the command line does.
CREATE OR REPLACE FUNCTION begin_command(its_id uuid, its_author text, its_label text)
RETURNS boolean LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT is_me(its_author)
       OR NOT (is_of_the_team() OR current_setting('role') = 'connexion_owner') THEN
        RAISE insufficient_privilege USING MESSAGE = 'acts are signed by who does them';
    END IF;
    INSERT INTO done_command (command_id, association_id, at, author, label, final)
    SELECT its_id, association_id, clock_timestamp(), its_author, its_label, false FROM base_info
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM set_config('connexion.command', its_id::text, true);
    RETURN true;
END
$$;
"""

_APART = """
CREATE OR REPLACE FUNCTION folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS_OWNER AS $$
    SELECT regexp_replace(lower(normalize(coalesce(name, ''), NFD)), '[^a-z0-9]', '', 'g')
$$;

-- What a conseiller may know of somebody who is not theirs: that they are known, and where.
CREATE OR REPLACE FUNCTION known_elsewhere(given text, family text, born date, called text)
RETURNS SETOF text LANGUAGE sql STABLE AS_OWNER AS $$
    SELECT DISTINCT coalesce(site.name, 'un autre site')
    FROM person LEFT JOIN site ON site.id = person.site_id
    WHERE has_role('conseiller') AND NOT has_role('secretariat') AND person.deleted_at IS NULL
      AND person.id NOT IN (SELECT my_people())
      AND (
        (folded(given) <> '' AND folded(family) <> ''
         AND folded(person.given_name) = folded(given)
         AND folded(family) IN (folded(person.family_name), folded(person.birth_name)))
        OR (folded(given) <> '' AND person.birth_date = born
            AND folded(person.given_name) = folded(given))
        OR (called <> '' AND called IN (person.phone, person.other_phone))
      )
$$;

-- The direction sees names only this way: each is written down, with why.
CREATE OR REPLACE FUNCTION reveal_names(why text, wanted uuid[])
RETURNS TABLE (id uuid, given_name text, family_name text)
LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT has_role('direction') THEN
        RAISE insufficient_privilege USING MESSAGE = 'names are for the direction';
    END IF;
    IF length(btrim(coalesce(why, ''))) < 5 THEN
        RAISE check_violation USING MESSAGE = 'a reason is needed';
    END IF;
    INSERT INTO access_line (id, association_id, at, author, kind, table_name, row_id, reason)
    SELECT gen_random_uuid(), person.association_id, now(), my_author(), 'names',
           'person', person.id, left(btrim(why), 400)
    FROM person WHERE person.id = ANY (wanted);
    RETURN QUERY SELECT person.id, person.given_name::text, person.family_name::text
    FROM person WHERE person.id = ANY (wanted);
END
$$;
"""

_PARTS = (_WHO, _WHOSE, _JOURNAL, _APART)
ALL = tuple(
    part.replace("AS_OWNER", "SECURITY DEFINER SET search_path = public, pg_temp").replace(
        "TODAY", "(now() AT TIME ZONE 'Europe/Paris')::date"
    )
    for part in _PARTS
)
"""Every function, in an order where each finds those it calls."""

FOR_THE_TEAM = (
    "day_here()",
    "my_staff()",
    "my_author()",
    "is_me(text)",
    "has_role(text)",
    "is_of_the_team()",
    "is_conseiller()",
    "who_am_i()",
    "my_sites()",
    "my_cohorts()",
    "my_people()",
    "my_journeys()",
    "my_interviews()",
    "my_attendances()",
    "my_placements()",
    "my_agreements()",
    "my_amendments()",
    "my_accidents()",
    "sees(text, uuid)",
    "join_earlier(uuid)",
    "begin_command(uuid, text, text)",
    "known_elsewhere(text, text, date, text)",
    "reveal_names(text, uuid[])",
)
"""What a login may call; the rest only serves triggers and these."""
