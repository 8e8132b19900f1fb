"""What the rights stand on, in SQL: who is connected, whose people they are, the journal.

Every function is the owner's. Where it says AS_OWNER it runs as the owner, past the rights of rows,
on a fixed path: nobody can put a table of theirs in its way. `sees` runs as who asks, `is_now` is
written into the questions that call it. `session_user` is who logged in, whatever the present role.

They are PL/pgSQL, whose plans are kept from one call to the next: policies call them dozens of
times for a page, and an SQL function is planned again each time (a role: 1.2 ms against 0.1).
"""

from __future__ import annotations

from . import doors, guards, journal

_WHO = """
CREATE OR REPLACE FUNCTION day_here() RETURNS date LANGUAGE sql STABLE AS_OWNER AS $$
    SELECT TODAY
$$;

CREATE OR REPLACE FUNCTION is_now(starts_on date, ends_on date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT (starts_on IS NULL OR starts_on <= TODAY) AND (ends_on IS NULL OR ends_on >= TODAY)
$$;

CREATE OR REPLACE FUNCTION my_staff() RETURNS uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN (SELECT id FROM staff
            WHERE login = session_user AND deleted_at IS NULL AND is_now(NULL, left_on));
END
$$;

CREATE OR REPLACE FUNCTION my_author() RETURNS text LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN (SELECT btrim(given_name || ' ' || family_name) FROM staff WHERE id = my_staff());
END
$$;

CREATE OR REPLACE FUNCTION is_me(author text) RETURNS boolean LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN coalesce(author = 'cli:' || session_user OR author = my_author(), false);
END
$$;

-- Whether the owner speaks, who keeps the server: no login of the team may become it.
CREATE OR REPLACE FUNCTION owner_speaks() RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN current_setting('role') = 'connexion_owner';
END
$$;

CREATE OR REPLACE FUNCTION has_role(wanted text) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM staff_role WHERE staff_id = (SELECT my_staff()) AND role = wanted
          AND deleted_at IS NULL AND is_now(starts_on, ends_on)
    );
END
$$;
"""

_WHOSE = """
CREATE OR REPLACE FUNCTION my_sites() RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT site.id FROM site JOIN staff_role AS held
      ON held.site_id = site.id OR held.site_id IS NULL
    WHERE held.staff_id = (SELECT my_staff()) AND held.role = 'conseiller'
      AND held.deleted_at IS NULL AND is_now(held.starts_on, held.ends_on);
END
$$;

CREATE OR REPLACE FUNCTION is_my_site(its_site uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN its_site IS NULL OR its_site IN (SELECT my_sites());
END
$$;

-- The groups where who asks is in a colleague's place today.
CREATE OR REPLACE FUNCTION my_replacements() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT cohort_id FROM cohort_access
    WHERE staff_id = (SELECT my_staff()) AND deleted_at IS NULL AND is_now(starts_on, ends_on);
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
    RETURN QUERY SELECT my_replacements();
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
"""

_ABOUT = {
    "journey": "person",
    "interview": "person",
    "placement": "person",
    "attendance": "journey",
    "agreement": "placement",
    "amendment": "placement",
    "accident": "placement",
}
"""What a conseiller sees with the row that it is about, in an order where each finds that one."""


def _my(table: str) -> str:
    return "my_people" if table == "person" else f"my_{table}s"


_WITH_WHAT_IT_IS_ABOUT = "".join(
    f"""
CREATE OR REPLACE FUNCTION {_my(table)}() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN QUERY SELECT id FROM {table} WHERE {about}_id IN (SELECT {_my(about)}());
END
$$;
"""  # noqa: S608 - our own words
    for table, about in _ABOUT.items()
)

_WHO_ASKS = """
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

TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"
"""The day by which roles and replacements begin and end, whatever the workstation's."""
_PARTS = (
    _WHO,
    _WHOSE,
    _WITH_WHAT_IT_IS_ABOUT,
    _WHO_ASKS,
    journal.FUNCTIONS,
    guards.FUNCTIONS,
    doors.FUNCTIONS,
)
ALL = tuple(
    part.replace("AS_OWNER", "SECURITY DEFINER SET search_path = public, pg_temp").replace(
        "TODAY", TODAY
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
    *(f"{_my(table)}()" for table in _ABOUT),
    "sees(text, uuid)",
    "is_mine(uuid, text)",
    "join_earlier(uuid)",
    "begin_command(uuid, text, text)",
    "take_numbers(text, integer)",
    "ask_elsewhere(text, text)",
    "known_elsewhere(uuid)",
    "ask_names(text, uuid[])",
    "names(uuid[])",
)
"""What a login may call; the rest only serves triggers and these."""
