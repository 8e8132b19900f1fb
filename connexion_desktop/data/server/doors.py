"""What is behind the rights of rows, and asked for one answer at a time: names, whether somebody is
known elsewhere, the next numbers.

What leaves a trace is asked in two transactions: the first writes it down, the second answers only
once that is committed. In one, the trace could be taken back with the answer in hand.
"""

from __future__ import annotations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE AS_OWNER AS $$
    SELECT regexp_replace(lower(normalize(coalesce(name, ''), NFD)), '[^a-z0-9]', '', 'g')
$$;

-- Whether who asks wrote this down, in a transaction that is over, within the last ten minutes.
CREATE OR REPLACE FUNCTION is_written_down(its_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM journal.signed WHERE id = its_id AND login = session_user
        AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()
        AND at >= clock_timestamp() - interval '10 minutes'
    );
END
$$;

-- A conseiller asks whether somebody of this whole name is a colleague's. No birth date nor number
-- is compared: by asking again and again, they would be guessed.
CREATE OR REPLACE FUNCTION ask_elsewhere(given text, family text) RETURNS uuid
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    asked uuid := gen_random_uuid();
BEGIN
    IF NOT has_role('conseiller') OR has_role('secretariat')
       OR folded(given) = '' OR folded(family) = '' THEN
        RETURN NULL;
    END IF;
    IF (SELECT count(*) FROM journal.signed WHERE login = session_user AND words IS NOT NULL
        AND at >= clock_timestamp() - interval '1 minute') >= MOST_A_MINUTE THEN
        RETURN NULL;
    END IF;
    UPDATE journal.signed SET words = NULL WHERE words IS NOT NULL
      AND at < clock_timestamp() - interval '10 minutes';
    INSERT INTO access_line (id, association_id, at, author, kind, table_name, row_id)
    SELECT asked, association_id, now(), my_author(), 'known', 'staff', my_staff() FROM base_info;
    UPDATE journal.signed SET words = folded(given) || ' ' || folded(family) WHERE id = asked;
    RETURN asked;
END
$$;

-- What a conseiller may know of somebody who is not theirs: that they are known, and where.
CREATE OR REPLACE FUNCTION known_elsewhere(asked uuid) RETURNS SETOF text
LANGUAGE plpgsql STABLE AS_OWNER AS $$
DECLARE
    sought text := (SELECT words FROM journal.signed WHERE id = asked AND is_written_down(asked));
BEGIN
    IF sought IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT DISTINCT coalesce(site.name, 'un autre site')::text
    FROM person LEFT JOIN site ON site.id = person.site_id
    WHERE person.deleted_at IS NULL AND person.id NOT IN (SELECT my_people())
      AND folded(person.given_name) = split_part(sought, ' ', 1)
      AND split_part(sought, ' ', 2) IN (folded(person.family_name), folded(person.birth_name));
END
$$;

-- The direction sees names only this way: each is written down, with why.
CREATE OR REPLACE FUNCTION ask_names(why text, wanted uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT has_role('direction') THEN
        RAISE insufficient_privilege USING MESSAGE = 'names are for the direction';
    END IF;
    IF length(btrim(coalesce(why, ''))) < 5 THEN
        RAISE check_violation USING MESSAGE = 'a reason is needed';
    END IF;
    RETURN QUERY INSERT INTO access_line AS line
        (id, association_id, at, author, kind, table_name, row_id, reason)
    SELECT gen_random_uuid(), person.association_id, now(), my_author(), 'names',
           'person', person.id, left(btrim(why), 400)
    FROM person WHERE person.id = ANY (wanted)
    RETURNING line.id;
END
$$;

CREATE OR REPLACE FUNCTION names(asked uuid[])
RETURNS TABLE (id uuid, given_name text, family_name text)
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT person.id, person.given_name::text, person.family_name::text
    FROM access_line AS line JOIN person ON person.id = line.row_id
    WHERE line.id = ANY (asked) AND line.kind = 'names' AND is_written_down(line.id)
      AND has_role('direction');
END
$$;

-- The first of the next numbers of a series: they only go up. The row stays locked until the
-- transaction ends: a number is never taken twice.
CREATE OR REPLACE FUNCTION take_numbers(its_series text, how_many integer) RETURNS integer
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    reached integer;
BEGIN
    IF NOT (is_of_the_team() OR owner_speaks()) OR how_many NOT BETWEEN 1 AND MOST_NUMBERS
       OR its_series !~ '^(P|(PMSMP|PRET|EM)-[0-9]{4})$' THEN
        RAISE insufficient_privilege USING MESSAGE = 'numbers are for the team';
    END IF;
    INSERT INTO counter AS kept (association_id, series, last)
    SELECT association_id, its_series, how_many FROM base_info
    ON CONFLICT (association_id, series) DO UPDATE SET last = kept.last + excluded.last
    RETURNING kept.last INTO reached;
    RETURN reached - how_many + 1;
END
$$;
""".replace("MOST_A_MINUTE", "60").replace("MOST_NUMBERS", "20000")
