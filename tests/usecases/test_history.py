"""What became of a person's record: told field by field, and put back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from connexion_desktop.data.database import Database
from connexion_desktop.data.models import utc_now
from connexion_desktop.domain.acts import Act
from connexion_desktop.domain.attachments import NewFile, Subject
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.history import Change, PutBack, RecordRef
from connexion_desktop.domain.identity import Civility
from connexion_desktop.domain.imprecise import ImpreciseDate, Precision
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.person_fields import EditField, FieldValue
from connexion_desktop.domain.records import KINDS
from connexion_desktop.usecases import attachments, history, person_details, record_return
from tests import factories as make
from tests.factories import TODAY

NewAct = Callable[..., Act]
Edit = Callable[[UUID, str, FieldValue], None]
YEAR = ImpreciseDate(date(1988, 1, 1), Precision.YEAR)
DAY = ImpreciseDate(date(1988, 5, 12))


@pytest.fixture
def aissatou(database: Database, act: NewAct) -> UUID:
    with database.write(act("Nouvelle personne")) as session:
        return make.person(session, phone="06 39 98 00 11")


@pytest.fixture
def edit(database: Database, act: NewAct, time_passes: Callable[[], None]) -> Edit:
    """Change a field, long enough before the next: within ten minutes they would be one line."""

    def made(who: UUID, name: str, value: FieldValue) -> None:
        with database.write(act("Fiche modifiée")) as session:
            person_details.edit(session, EditField(who, name, value, TODAY))
        time_passes()

    return made


def changes(database: Database, who: UUID) -> list[Change]:
    with database.read() as session:
        told = history.told(session, RecordRef("person", who))
    return [change for act in told.acts for change in act.changes if "créé" not in change.told]


def told(database: Database, who: UUID) -> list[tuple[str, str]]:
    return [(each.label, each.told) for each in changes(database, who)]


def test_a_record_never_changed_has_no_history(database: Database, aissatou: UUID) -> None:
    assert changes(database, aissatou) == []


def test_each_change_is_told_from_what_to_what_the_last_first(
    database: Database, act: NewAct, edit: Edit, aissatou: UUID
) -> None:
    edit(aissatou, "person.phone", "0639980012")
    edit(aissatou, "person.city", "Talence")
    edit(aissatou, "person.phone", None)
    assert told(database, aissatou) == [
        ("Téléphone", "06 39 98 00 12 → vide"),
        ("Ville", "vide → Talence"),
        ("Téléphone", "06 39 98 00 11 → 06 39 98 00 12"),
    ]
    with database.read() as session:
        newest = history.told(session, RecordRef("person", aissatou)).acts[0]
    assert (newest.author, newest.label) == (act().author, "Fiche modifiée")


def test_codes_are_told_in_words(database: Database, edit: Edit, aissatou: UUID) -> None:
    edit(aissatou, "person.civility", Civility.MRS.value)
    edit(aissatou, "person.french_oral", "A2")
    edit(aissatou, "person.french_oral", "B1")
    words = dict(told(database, aissatou))
    assert words["Civilité"] == "vide → Madame"
    assert " → " in words["À l’oral, dit par la personne"]


def test_what_stands_beside_the_person_is_told_too(
    database: Database, edit: Edit, aissatou: UUID
) -> None:
    edit(aissatou, "emergency.name", "Awa Diallo")
    edit(aissatou, "emergency.name", "Awa Sow")
    assert told(database, aissatou)[0] == ("Personne à prévenir, nom", "Awa Diallo → Awa Sow")


def test_a_date_is_told_as_precisely_as_it_was_known(
    database: Database, edit: Edit, aissatou: UUID
) -> None:
    edit(aissatou, "person.birth_date", YEAR)
    edit(aissatou, "person.birth_date", DAY)
    edit(aissatou, "person.birth_date", ImpreciseDate(date(1989, 5, 12)))
    last, middle, first = changes(database, aissatou)
    assert (first.told, middle.told, last.told) == (
        "vide → 1988",
        "1988 → 12/05/1988",
        "12/05/1988 → 12/05/1989",
    )


def test_more_known_of_the_same_day_is_told(database: Database, edit: Edit, aissatou: UUID) -> None:
    edit(aissatou, "person.birth_date", YEAR)
    edit(aissatou, "person.birth_date", ImpreciseDate(YEAR.day))
    assert told(database, aissatou)[0] == ("Date de naissance", "1988 → 01/01/1988")


def test_what_a_field_held_is_put_back_as_precisely_as_it_was_known(
    database: Database, act: NewAct, edit: Edit, aissatou: UUID
) -> None:
    edit(aissatou, "person.birth_date", YEAR)
    edit(aissatou, "person.birth_date", DAY)
    line = changes(database, aissatou)[0].line
    assert line is not None
    with database.write(act("Retour en arrière")) as session:
        record_return.put_back(session, PutBack(RecordRef("person", aissatou), line))
    with database.read() as session:
        assert person_details.load(session, aissatou).values["person.birth_date"] == YEAR


def test_somebody_else_s_changes_are_not_told(
    database: Database, act: NewAct, edit: Edit, aissatou: UUID
) -> None:
    with database.write(act("Nouvelle personne")) as session:
        other = make.person(session, "Olena", "Kovalenko")
    edit(other, "person.city", "Pessac")
    assert changes(database, aissatou) == []


def test_the_history_of_somebody_gone_is_refused(database: Database, aissatou: UUID) -> None:
    with database.bulk() as session:
        row = person_details.row_of(session, "person", aissatou)
        assert row is not None
        row.deleted_at = utc_now()
    with pytest.raises(UserError):
        changes(database, aissatou)


def test_the_instant_is_told_by_this_computer_s_clock(
    database: Database, edit: Edit, aissatou: UUID
) -> None:
    edit(aissatou, "person.city", "Talence")
    with database.read() as session:
        newest = history.told(session, RecordRef("person", aissatou)).acts[0]
    local = newest.at.astimezone()
    assert f"à {local.hour} h {local.minute:02d} · {newest.author}" in newest.when


@pytest.mark.parametrize("table", ["person", "placement", "equipment"])
def test_a_record_can_tell_of_its_files(table: str) -> None:
    files = [part for part in KINDS[table].parts if part.table == "attachment"]
    assert [part.only for part in files] == [("subject_table", table)]


def test_what_is_done_with_a_file_is_told_and_put_back(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    subject = Subject("person", aissatou)
    with database.write(act("Fichier joint")) as session:
        made = attachments.attach(session, subject, [NewFile("scan.pdf", b"%PDF-1.7", Media.PDF)])
    (file_id,) = made.ids
    with database.write(act("Fichier renommé")) as session:
        attachments.rename(session, file_id, "Bail")
    with database.write(act("Sorte du fichier")) as session:
        attachments.set_kind(session, file_id, "domicile")
    with database.write(act("Fichier supprimé")) as session:
        attachments.delete(session, [file_id])
    assert told(database, aissatou) == [
        ("Fichier, Bail.pdf", "supprimé"),
        ("Fichier, Bail.pdf, sorte", "vide → Justificatif de domicile"),
        ("Fichier, Bail.pdf, nom", "scan.pdf → Bail.pdf"),
    ]
    with database.read() as session:
        acts = history.told(session, RecordRef("person", aissatou)).acts
    assert [past.label for past in acts[:4]] == [
        "Fichier supprimé", "Sorte du fichier", "Fichier renommé", "Fichier joint",
    ]  # fmt: skip
    for place in (0, 2):
        line = acts[place].changes[0].line
        assert line is not None
        with database.write(act("Remis")) as session:
            record_return.put_back(session, PutBack(RecordRef("person", aissatou), line))
    with database.read() as session:
        (file,) = attachments.list_of(session, subject).files
    assert (file.name, file.kind) == ("scan.pdf", "domicile")


def test_the_files_of_somebody_else_are_not_told(
    database: Database, act: NewAct, aissatou: UUID
) -> None:
    with database.write(act("Nouvelle personne")) as session:
        other = make.person(session, "Koffi", "N’Guessan")
        attachments.attach(
            session, Subject("person", other), [NewFile("cv.pdf", b"%PDF", Media.PDF)]
        )
    with database.read() as session:
        acts = history.told(session, RecordRef("person", aissatou)).acts
    assert not [change for past in acts for change in past.changes if "cv.pdf" in change.label]
