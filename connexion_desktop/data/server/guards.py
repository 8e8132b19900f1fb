"""What rights on rows cannot say, since they see a row before or after, never both: triggers.

Nobody comes to see more by writing: neither by naming themselves the conseiller of somebody, nor
from a replacement, which ends on its last day. Nobody takes another's name either.
"""

from __future__ import annotations

TRIGGERS = {
    "staff": "BEFORE INSERT OR UPDATE OF given_name, family_name, deleted_at",
    "cohort": "BEFORE UPDATE OF conseiller_id, site_id",
    "person": "BEFORE UPDATE OF referent_id, site_id",
    "placement": "BEFORE UPDATE OF person_id",
    "accident": "BEFORE UPDATE OF placement_id",
    "journey": "BEFORE INSERT OR UPDATE OF person_id, cohort_id, deleted_at",
}
"""By table: when `keep_<table>` looks at what is being written."""

_OF_PAPERS = "".join(
    f"""
-- Papers that another role reaches do not bring along what only a conseiller reads of them.
CREATE OR REPLACE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT owner_speaks() AND OLD.{column} NOT IN (SELECT {whose}())
       AND NEW.{column} IN (SELECT {whose}()) THEN
        PERFORM refuse_to_see_more();
    END IF;
    RETURN NEW;
END
$$;
"""
    for table, column, whose in (
        ("placement", "person_id", "my_people"),
        ("accident", "placement_id", "my_placements"),
    )
)

_OF_PEOPLE = """
-- A conseiller's own group, for good: not by a replacement.
CREATE OR REPLACE FUNCTION is_my_cohort(its_conseiller uuid, its_site uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN has_role('conseiller') AND CASE
        WHEN its_conseiller IS NULL THEN is_my_site(its_site)
        ELSE coalesce(its_conseiller = my_staff(), false) END;
END
$$;

-- Somebody who is in no group, at a site of who asks.
CREATE OR REPLACE FUNCTION is_my_candidate(who uuid, their_site uuid, but_for uuid)
RETURNS boolean LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN is_my_site(their_site) AND NOT EXISTS (
        SELECT 1 FROM journey
        WHERE person_id = who AND deleted_at IS NULL AND id IS DISTINCT FROM but_for
    );
END
$$;

-- As my_people, without replacements.
CREATE OR REPLACE FUNCTION is_my_person(who uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN has_role('conseiller') AND (
        EXISTS (
            SELECT 1 FROM person WHERE person.id = who
            AND (referent_id = my_staff() OR is_my_candidate(who, site_id, NULL))
        ) OR EXISTS (
            SELECT 1 FROM journey JOIN cohort ON cohort.id = journey.cohort_id
            WHERE journey.person_id = who AND is_my_cohort(cohort.conseiller_id, cohort.site_id)
              AND (journey.deleted_at IS NULL OR NOT EXISTS (
                  SELECT 1 FROM journey AS other
                  WHERE other.person_id = who AND other.deleted_at IS NULL))
        )
    );
END
$$;

CREATE OR REPLACE FUNCTION refuse_to_see_more() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'nobody makes theirs what is not';
END
$$;

CREATE OR REPLACE FUNCTION keep_cohort() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT owner_speaks() AND NOT is_my_cohort(OLD.conseiller_id, OLD.site_id) AND (
        (NEW.conseiller_id = my_staff() AND NEW.conseiller_id IS DISTINCT FROM OLD.conseiller_id)
        OR is_my_cohort(NEW.conseiller_id, NEW.site_id)
    ) THEN
        PERFORM refuse_to_see_more();
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION keep_person() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT owner_speaks() AND NOT is_my_person(OLD.id) AND (
        (NEW.referent_id = my_staff() AND NEW.referent_id IS DISTINCT FROM OLD.referent_id)
        OR (has_role('conseiller') AND is_my_candidate(NEW.id, NEW.site_id, NULL))
    ) THEN
        PERFORM refuse_to_see_more();
    END IF;
    RETURN NEW;
END
$$;

-- Who replaces a conseiller neither takes their people into a group of one's own, nor out of every
-- group, where all see them, be it by giving their journey to somebody else; but what one did
-- oneself may be undone.
CREATE OR REPLACE FUNCTION keep_journey() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF owner_speaks() OR NOT EXISTS (SELECT my_replacements()) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.person_id <> OLD.person_id AND NOT is_my_person(OLD.person_id)
       AND EXISTS (SELECT 1 FROM person WHERE person.id = OLD.person_id
                   AND has_role('conseiller') AND is_my_candidate(person.id, site_id, OLD.id)) THEN
        PERFORM refuse_to_see_more();
    END IF;
    IF is_my_person(NEW.person_id) THEN
        RETURN NEW;
    END IF;
    IF NEW.deleted_at IS NULL THEN
        IF EXISTS (SELECT 1 FROM cohort
                   WHERE id = NEW.cohort_id AND is_my_cohort(conseiller_id, site_id)) THEN
            PERFORM refuse_to_see_more();
        END IF;
    ELSIF EXISTS (SELECT 1 FROM person WHERE person.id = NEW.person_id
                  AND has_role('conseiller') AND is_my_candidate(person.id, site_id, NEW.id))
      AND NOT EXISTS (SELECT 1 FROM audit_line JOIN journal.signed ON signed.id = command_id
                      WHERE table_name = 'journey' AND row_id = NEW.id AND op = 'insert'
                        AND signed.login = session_user) THEN
        PERFORM refuse_to_see_more();
    END IF;
    RETURN NEW;
END
$$;

-- Acts are signed with a name: nobody changes theirs, and no two of the team have the same.
CREATE OR REPLACE FUNCTION keep_staff() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    its_name text := btrim(NEW.given_name || ' ' || NEW.family_name);
    was_there boolean := TG_OP = 'UPDATE' AND OLD.deleted_at IS NULL;
BEGIN
    IF owner_speaks() OR NEW.deleted_at IS NOT NULL OR (
        was_there AND its_name = btrim(OLD.given_name || ' ' || OLD.family_name)
    ) THEN
        RETURN NEW;
    END IF;
    IF NEW.id = my_staff() OR its_name LIKE '%:%' OR EXISTS (
        SELECT 1 FROM staff AS other WHERE other.id <> NEW.id AND other.deleted_at IS NULL
        AND same_name(btrim(other.given_name || ' ' || other.family_name), its_name)
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a name is of one, and given by another';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION same_name(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS_OWNER AS $$
    SELECT regexp_replace(lower(normalize(one, NFKC)), '[[:space:]]+', ' ', 'g')
         = regexp_replace(lower(normalize(other, NFKC)), '[[:space:]]+', ' ', 'g')
$$;
"""

FUNCTIONS = _OF_PEOPLE + _OF_PAPERS
