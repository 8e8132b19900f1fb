"""Files kept in the base: listed without their bytes, never doubled, deleted and undone whole."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.acts import Act, AskFirstError
from connexion_desktop.domain.attachments import (
    HEAVIEST,
    Attached,
    FileList,
    FilePlace,
    NewFile,
    Subject,
)
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.search import Kind, find
from connexion_desktop.usecases import attachments, search, undo

from .. import factories as make
from ..conftest import AUTHOR
from ..factories import TODAY

Acts = Callable[..., Act]
CV = NewFile("CV Awa.pdf", b"%PDF-1.7 un CV", Media.PDF)
SCAN = NewFile("scan0001.jpg", b"\xff\xd8\xff une photo", Media.JPEG)
RQTH = NewFile("notification RQTH.pdf", b"%PDF-1.7 une notification", Media.PDF)


@pytest.fixture
def who(database: Database, act: Acts) -> Subject:
    with database.write(act()) as session:
        return Subject("person", make.person(session))


def attach(database: Database, act: Acts, subject: Subject, *files: NewFile) -> Attached:
    with database.write(act("Fichier joint")) as session:
        return attachments.attach(session, subject, files)


def listed(database: Database, subject: Subject) -> FileList:
    with database.read() as session:
        return attachments.list_of(session, subject)


def names(database: Database, subject: Subject) -> list[str]:
    return [file.name for file in listed(database, subject).files]


def content(database: Database, file_id: UUID) -> bytes:
    with database.read() as session:
        return attachments.content_of(session, file_id).content


def undo_last(database: Database, act: Acts, about: UUID | None = None) -> None:
    with database.write(act("Annuler")) as session:
        undo.undo_last(session, AUTHOR, about)


def redo_last(database: Database, act: Acts) -> None:
    with database.write(act("Rétablir")) as session:
        undo.redo_last(session, AUTHOR)


def test_a_file_is_kept_with_all_its_bytes(database: Database, act: Acts, who: Subject) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    (file,) = listed(database, who).files
    assert (file.id, file.name, file.media, file.size) == (file_id, CV.name, Media.PDF, 14)
    assert content(database, file_id) == CV.content


def test_the_kind_is_read_in_the_name(database: Database, act: Acts, who: Subject) -> None:
    attach(database, act, who, CV, SCAN)
    kinds = {file.name: file.sort for file in listed(database, who).files}
    assert kinds == {"CV Awa.pdf": "CV", "scan0001.jpg": "Photo JPEG"}


def test_the_same_file_is_not_doubled(database: Database, act: Acts, who: Subject) -> None:
    attach(database, act, who, CV)
    again = NewFile("copie de CV.pdf", CV.content, Media.PDF)
    answer = attach(database, act, who, again, SCAN, SCAN)
    assert answer.doubles == ("copie de CV.pdf", "scan0001.jpg")
    assert len(answer.ids) == 1
    assert len(names(database, who)) == 2


def test_two_people_may_have_the_same_file(database: Database, act: Acts, who: Subject) -> None:
    with database.write(act()) as session:
        other = Subject("person", make.person(session, "Koffi", "N’Guessan"))
    attach(database, act, who, CV)
    assert attach(database, act, other, CV).doubles == ()


def test_a_file_deleted_may_be_attached_again(database: Database, act: Acts, who: Subject) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    with database.write(act("Fichier supprimé")) as session:
        attachments.delete(session, [file_id])
    assert attach(database, act, who, CV).doubles == ()


def test_attaching_is_one_act_undone_and_done_again(
    database: Database, act: Acts, who: Subject
) -> None:
    made = attach(database, act, who, CV, SCAN)
    undo_last(database, act)
    assert names(database, who) == []
    with pytest.raises(UserError, match="n’est plus dans la base"):
        content(database, made.ids[0])
    redo_last(database, act)
    assert sorted(names(database, who)) == ["CV Awa.pdf", "scan0001.jpg"]
    assert content(database, made.ids[1]) == SCAN.content


def test_a_file_deleted_comes_back_with_its_content(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    with database.write(act("Fichier supprimé")) as session:
        attachments.delete(session, [file_id])
    assert names(database, who) == []
    undo_last(database, act)
    assert names(database, who) == [CV.name]
    assert content(database, file_id) == CV.content


def test_the_bytes_are_nowhere_else_in_the_base(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    with database.write(act("Fichier supprimé")) as session:
        attachments.delete(session, [file_id])
    undo_last(database, act)
    with database.read() as session:
        told = session.execute(sa.select(m.AuditLine.before, m.AuditLine.after)).all()
    assert "un CV" not in str(told)
    assert told


def test_neither_lists_nor_undoing_read_the_bytes(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        listed(database, who)
        with database.write(act("Fichier supprimé")) as session:
            attachments.delete(session, [file_id])
        undo_last(database, act)
        undo_last(database, act)
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)
    assert any("attachment_bytes" in each for each in asked)
    assert not [each for each in asked if "attachment_bytes.content" in each]


def test_a_file_renamed_keeps_its_ending(database: Database, act: Acts, who: Subject) -> None:
    (file_id,) = attach(database, act, who, SCAN).ids
    with database.write(act("Fichier renommé")) as session:
        assert attachments.rename(session, file_id, " Carte d’identité ") == "Carte d’identité.jpg"
    undo_last(database, act)
    assert names(database, who) == [SCAN.name]


def test_a_file_needs_a_name(database: Database, act: Acts, who: Subject) -> None:
    (file_id,) = attach(database, act, who, SCAN).ids
    with pytest.raises(UserError, match="besoin d’un nom"), database.write(act()) as session:
        attachments.rename(session, file_id, "  ")


def test_a_kind_is_chosen_among_those_of_the_list(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, SCAN).ids
    with database.write(act("Sorte du fichier")) as session:
        attachments.set_kind(session, file_id, "identite")
    assert listed(database, who).files[0].kind_label == "Pièce d’identité"
    with pytest.raises(UserError, match="plus dans la liste"), database.write(act()) as session:
        attachments.set_kind(session, file_id, "horoscope")


def test_a_retired_kind_is_kept_where_it_was_and_no_more_offered(
    database: Database, act: Acts, who: Subject
) -> None:
    attach(database, act, who, CV)
    with database.write(act()) as session:
        of_cv = sa.and_(m.ReferenceItem.list == "paper", m.ReferenceItem.code == "cv")
        item = session.scalars(sa.select(m.ReferenceItem).where(of_cv)).one()
        item.retired_on = TODAY
        other = Subject("person", make.person(session, "Koffi", "N’Guessan"))
    assert listed(database, who).files[0].kind_label == "CV"
    assert ("cv", "CV") in listed(database, who).kinds
    assert ("cv", "CV") not in listed(database, other).kinds


@pytest.mark.parametrize("size", [0, HEAVIEST + 1])
def test_nothing_empty_nor_too_heavy_enters_the_base(
    database: Database, act: Acts, who: Subject, size: int
) -> None:
    with pytest.raises(UserError):
        attach(database, act, who, NewFile("x.bin", bytes(size), Media.UNKNOWN))
    assert names(database, who) == []


def test_nothing_is_attached_to_nobody(database: Database, act: Acts) -> None:
    with pytest.raises(UserError, match="n’est plus dans la base"):
        attach(database, act, Subject("person", uuid4()), CV)


def test_a_person_who_has_a_file_is_not_undone_away(database: Database, act: Acts) -> None:
    with database.write(made := act("Nouvelle personne")) as session:
        who = Subject("person", make.person(session))
    with database.write(act("Fichier joint", author="Yves")) as session:
        attachments.attach(session, who, [CV])
    with pytest.raises(UserError, match="ne peut plus être annulé"), database.write(act()) as one:
        undo.undo(one, made.command_id)


def looks(database: Database) -> list[tuple[str, UUID]]:
    """The openings that are written down: who opened, which file."""
    line = m.AccessLine
    with database.read() as session:
        rows = session.execute(sa.select(line.author, line.row_id).where(line.kind == "file"))
        return [(author, file) for author, file in rows]


def test_on_a_server_who_opens_a_paper_of_health_or_a_diagnosis_is_written_down(
    database: Database, act: Acts, who: Subject
) -> None:
    signed = NewFile("Diagnostic signé.pdf", b"%PDF-1.7 une page", Media.PDF)
    cv, rqth, diagnosis = attach(database, act, who, CV, RQTH, signed).ids
    listed(database, who)
    content(database, cv)
    assert looks(database) == []
    assert content(database, rqth) == RQTH.content
    content(database, diagnosis)
    shared = not isinstance(database, Database)
    assert looks(database) == ([(AUTHOR, rqth), (AUTHOR, diagnosis)] if shared else [])


def test_undoing_says_of_whom_the_file_was(database: Database, act: Acts, who: Subject) -> None:
    attach(database, act, who, CV)
    with database.write(act("Annuler")) as session:
        step = undo.undo_last(session, AUTHOR, who.id)
    assert step is not None
    assert step.text == "Fichier joint · Aïssatou Diallo"


def test_in_discreet_mode_the_file_of_another_is_not_undone_unseen(
    database: Database, act: Acts, who: Subject
) -> None:
    attach(database, act, who, CV)
    with pytest.raises(AskFirstError):
        undo_last(database, act, about=uuid4())


def found(database: Database, typed: str) -> list[tuple[str, str, str]]:
    with database.read() as session:
        sections = find(search.shelves(session, TODAY), typed, TODAY)
    return [
        (section.heading, hit.thing.title, hit.thing.detail)
        for section in sections
        for hit in section.hits
    ]


def test_a_file_is_found_by_its_kind_and_whose_it_is(
    database: Database, act: Acts, who: Subject
) -> None:
    attach(database, act, who, CV, SCAN)
    for typed in ("cv diallo", "diallo cv", "AWA cv", "cv dialo"):
        assert found(database, typed)[0] == ("Fichiers", "CV Awa.pdf", "Aïssatou Diallo · CV")
    assert found(database, "scan0001")[0][1] == "scan0001.jpg"


def test_a_name_alone_finds_the_person_and_not_her_files(
    database: Database, act: Acts, who: Subject
) -> None:
    attach(database, act, who, CV, NewFile("Diallo.pdf", b"%PDF- b", Media.PDF))
    assert [heading for heading, _, _ in found(database, "diallo")] == ["Personnes"]


def test_health_and_residence_are_not_told_by_the_palette(
    database: Database, act: Acts, who: Subject
) -> None:
    attach(database, act, who, RQTH)
    assert found(database, "rqth diallo") == [("Fichiers", "Pièce", "Aïssatou Diallo")]


def test_nor_by_the_name_of_a_file_without_its_kind(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, RQTH).ids
    with database.write(act()) as session:
        attachments.set_kind(session, file_id, "")
        computer = Subject("equipment", make.put(session, m.Equipment(number="PC-07")))
    attach(database, act, computer, RQTH)
    assert {title for _, title, _ in found(database, "rqth diallo")} == {"Pièce"}
    assert {title for _, title, _ in found(database, "rqth pc-07")} == {"Pièce"}


def test_files_deleted_or_of_someone_gone_are_not_found(
    database: Database, act: Acts, who: Subject
) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    with database.write(act()) as session:
        session.get_one(m.Person, who.id).deleted_at = m.utc_now()
    assert found(database, "cv diallo") == []
    with database.write(act()) as session:
        session.get_one(m.Person, who.id).deleted_at = None
        attachments.delete(session, [file_id])
    assert found(database, "cv awa") == []


def test_what_is_found_says_where_it_is(database: Database, act: Acts, who: Subject) -> None:
    (file_id,) = attach(database, act, who, CV).ids
    with database.read() as session:
        shelf = search.shelves(session, TODAY)[Kind.FILE]
    assert FilePlace.of(shelf.thing(0).id) == FilePlace(who, file_id)


@pytest.mark.parametrize("table", ["placement", "equipment"])
def test_an_immersion_and_a_computer_have_files_too(
    database: Database, act: Acts, who: Subject, table: str
) -> None:
    with database.write(act()) as session:
        row = (
            make.placement(session, who.id, "draft", None, None)
            if table == "placement"
            else make.put(session, m.Equipment(number="PC-001"))
        )
    subject = Subject(table, row)
    attach(database, act, subject, SCAN)
    assert names(database, subject) == [SCAN.name]
    assert names(database, who) == []
    owner = "diallo" if table == "placement" else "pc-001"
    ((heading, title, detail),) = found(database, f"scan {owner}")
    assert (heading, title) == ("Fichiers", SCAN.name)
    assert owner in detail.lower()
