"""The journal, written by the server itself: who did what, in one's own name, never written again.

`journal.signed` is beside the schema of the program, read by nobody but the owner: the login and
the transaction behind each command and each look. A name can be borrowed, these cannot.
"""

from __future__ import annotations

TABLE = """
CREATE SCHEMA IF NOT EXISTS journal;
REVOKE ALL ON SCHEMA journal FROM PUBLIC;
CREATE TABLE IF NOT EXISTS journal.signed (
    id uuid PRIMARY KEY,
    login text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    transaction xid8,
    words text
);
CREATE INDEX IF NOT EXISTS ix_signed_words ON journal.signed (login, at) WHERE words IS NOT NULL;
REVOKE ALL ON journal.signed FROM PUBLIC;
UPDATE journal.signed SET transaction = NULL WHERE transaction IS NOT NULL;
"""
"""What functions stand on. Transactions are forgotten: a restored database counts its own anew."""

FUNCTIONS = """
-- Whose a command or a look is: by the login that did it, whatever name they bore. What a file
-- brought has none noted, and is of who bears the name.
CREATE OR REPLACE FUNCTION is_mine(its_id uuid, its_author text) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
DECLARE
    its_login text := (SELECT login FROM journal.signed WHERE id = its_id);
BEGIN
    IF its_login IS NULL THEN
        RETURN is_me(its_author);
    END IF;
    RETURN its_login = session_user;
END
$$;

-- Note who does this, and in which transaction.
CREATE OR REPLACE FUNCTION sign(its_id uuid) RETURNS void
LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    INSERT INTO journal.signed (id, login, transaction)
    VALUES (its_id, session_user, pg_current_xact_id());
END
$$;

-- Whether this very transaction began the command: an older one, even one's own, would let its
-- lines be written again. It is no matter of dates: a date can be written.
CREATE OR REPLACE FUNCTION is_under_way(command uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS_OWNER AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM journal.signed JOIN done_command ON command_id = signed.id
        WHERE signed.id = command AND login = session_user
          AND transaction = pg_current_xact_id_if_assigned()
    );
END
$$;

CREATE OR REPLACE FUNCTION command_under_way() RETURNS uuid
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    command uuid := nullif(current_setting('connexion.command', true), '')::uuid;
BEGIN
    IF command IS NOT NULL AND is_under_way(command) THEN
        RETURN command;
    END IF;
    command := gen_random_uuid();
    INSERT INTO done_command (command_id, association_id, at, author, label, final)
    SELECT command, association_id, clock_timestamp(), 'serveur:' || session_user,
           'Hors de l’application', false
    FROM base_info;
    PERFORM sign(command);
    PERFORM set_config('connexion.command', command::text, true);
    RETURN command;
END
$$;

-- What was done stays told as it was. Later, it may only be said to be undone, by the command under
-- way that undoes it, or no longer so, by the one that undoes the undoing.
CREATE OR REPLACE FUNCTION keep_command() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    now_done boolean := is_under_way(OLD.command_id);
BEGIN
    IF (OLD.final AND NOT NEW.final)
       OR (NOT now_done AND to_jsonb(NEW) - 'undone_by' <> to_jsonb(OLD) - 'undone_by')
       OR (NEW.undone_by IS DISTINCT FROM OLD.undone_by AND NOT EXISTS (
            SELECT 1 FROM done_command AS undoing
            WHERE undoing.undoes = CASE WHEN NEW.undone_by IS NULL THEN OLD.undone_by
                                        ELSE OLD.command_id END
              AND undoing.command_id = coalesce(NEW.undone_by, undoing.command_id)
              AND is_under_way(undoing.command_id)))
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'the journal is not written again';
    END IF;
    RETURN NEW;
END
$$;

-- A look is of who takes it, at this instant.
CREATE OR REPLACE FUNCTION keep_look() RETURNS trigger LANGUAGE plpgsql AS_OWNER AS $$
BEGIN
    IF NOT owner_speaks() THEN
        NEW.at := now();
        PERFORM sign(NEW.id);
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
               WHERE command_id = command AND table_name = TG_TABLE_NAME AND row_id = NEW.id
                 AND op = 'insert') THEN
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
        SELECT key AS field, nullif(before -> key, 'null') AS was, nullif(value, 'null') AS became,
               CASE WHEN key <> 'deleted_at' THEN 'update'
                    WHEN value = 'null' THEN 'restore' ELSE 'delete' END AS op
        FROM jsonb_each(after)
        WHERE key NOT IN ('id', 'association_id', 'version', 'created_at')
          AND value IS DISTINCT FROM (before -> key)
    LOOP
        UPDATE audit_line SET after = changed.became::json, op = changed.op
        WHERE command_id = command AND table_name = TG_TABLE_NAME AND row_id = NEW.id
          AND field = changed.field;
        CONTINUE WHEN FOUND;
        INSERT INTO audit_line (id, association_id, at, author, command_id, table_name, row_id, op,
                                field, before, after)
        VALUES (gen_random_uuid(), NEW.association_id, clock_timestamp(), who, command,
                TG_TABLE_NAME, NEW.id, changed.op, changed.field,
                changed.was::json, changed.became::json);
    END LOOP;
    RETURN NULL;
END
$$;

-- As data/joining.py's join_earlier: two saves of one author on the very same fields within ten
-- minutes are one step of undo.
CREATE OR REPLACE FUNCTION join_earlier(present uuid) RETURNS void
LANGUAGE plpgsql AS_OWNER AS $$
DECLARE
    this done_command;
    last done_command;
BEGIN
    SELECT * INTO this FROM done_command
    WHERE command_id = present AND is_under_way(present);
    IF NOT FOUND OR this.final OR this.undoes IS NOT NULL THEN
        RETURN;
    END IF;
    IF EXISTS (SELECT 1 FROM audit_line WHERE command_id = present AND op <> 'update')
       OR NOT EXISTS (SELECT 1 FROM audit_line WHERE command_id = present) THEN
        RETURN;
    END IF;
    SELECT * INTO last FROM done_command AS one
    WHERE one.author = this.author AND one.command_id <> present
      AND is_mine(one.command_id, one.author)
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
       OR NOT (is_of_the_team() OR owner_speaks()) THEN
        RAISE insufficient_privilege USING MESSAGE = 'acts are signed by who does them';
    END IF;
    INSERT INTO done_command (command_id, association_id, at, author, label, final)
    SELECT its_id, association_id, clock_timestamp(), its_author, its_label, false FROM base_info
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM sign(its_id);
    PERFORM set_config('connexion.command', its_id::text, true);
    RETURN true;
END
$$;
"""
