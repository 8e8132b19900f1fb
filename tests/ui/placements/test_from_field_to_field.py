"""From field to field with the keyboard, and each field named."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.placement_file import NewPlacement
from connexion_desktop.ui.pages.placements.choice_fields import YesNoField
from connexion_desktop.usecases import placements
from tests.factories import TODAY
from tests.placement_base import Office, issued, new_act

from .bench import CONTROL, Bench, name_of

PERSON_FIELDS = [
    "Civilité", "Nom de naissance", "Ville de naissance", "Département ou pays", "Nationalité",
    "Adresse du bénéficiaire", "Code postal du bénéficiaire", "Ville du bénéficiaire",
    "Personne à prévenir", "Son téléphone",
]  # fmt: skip
HOST_FIELDS = [
    "SIRET", "Nom", "Forme juridique", "Code APE", "Activité principale", "Convention collective",
    "Adresse", "Code postal", "Ville", "Téléphone", "Courriel",
    "Travaille habituellement le dimanche", "Travaille habituellement la nuit",
]  # fmt: skip
TUTOR_FIELDS = [
    "Nom du tuteur", "Fonction du tuteur", "Téléphone du tuteur", "Courriel du tuteur",
    "Nom du signataire", "Fonction du signataire", "Assurance attestée par la structure",
]  # fmt: skip
ASSOCIATION_FIELDS = [
    "Nom de l’association", "Adresse", "Code postal", "Ville", "SIRET", "Téléphone", "Courriel",
    "Signataire", "Fonction du signataire",
    "Référence de la délégation", "Organisme délégant", "Adresse de l’organisme délégant",
    "Début de la délégation", "Fin de la délégation",
    "Enregistrer la délégation", "C’est une nouvelle délégation",
]  # fmt: skip
OTHER_FIELDS = [
    "Premier jour", "Dernier jour",
    "Horaires, Lundi", "Horaires, Mardi", "Horaires, Mercredi", "Horaires, Jeudi",
    "Horaires, Vendredi", "Horaires, Samedi", "Horaires, Dimanche", "Mardi à vendredi comme lundi",
    "Découvrir un métier ou un secteur d’activité", "Métier", "Filière", "Activités confiées",
    "Une annexe jointe détaille les activités", "Objectifs précis",
    "Comment l’immersion sera évaluée",
    "Non", "Oui", "Mesures de prévention particulières : Lesquelles",
    "Lieu, si ce n’est pas l’adresse de la structure", "Observations",
    "Structure d’accompagnement",
]  # fmt: skip


def walked(bench: Bench, first: QWidget, key: Qt.Key) -> list[str]:
    """What the key goes through in the form, from one of its widgets until it leaves it."""
    first.setFocus()
    names: list[str] = []
    while bench.form.area.isAncestorOf(bench.focus) and len(names) < 200:
        names.append(name_of(bench.focus))
        bench.press(key)
    return names


def test_tab_goes_through_the_form_as_it_is_read(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert walked(bench, bench.form.person.go, Qt.Key.Key_Tab) == [
        "Ouvrir sa fiche", "Compléter", "Situation avant l’immersion", "Conseiller référent",
        "Structure d’accueil", "Modifier la fiche", *TUTOR_FIELDS, *OTHER_FIELDS, "Modifier",
    ]  # fmt: skip
    assert bench.page.preview.isAncestorOf(bench.focus)
    bench.press(Qt.Key.Key_Backtab)
    assert name_of(bench.focus) == "Modifier"


def test_tab_goes_from_the_list_to_the_form_then_to_its_paper(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    assert bench.focus is bench.page.list.view
    bench.press(Qt.Key.Key_Tab)
    assert name_of(bench.focus) == "Émettre"
    bench.press(Qt.Key.Key_Backtab)
    assert bench.focus is bench.page.list.view


def test_tab_goes_through_an_issued_convention_as_it_is_read(
    bench: Bench, database: Database, office: Office
) -> None:
    bench.show(issued(database, office))
    bench.issued.revise.setFocus()
    names: list[str] = []
    while bench.issued.isAncestorOf(bench.focus) and len(names) < 50:
        names.append(name_of(bench.focus))
        bench.press(Qt.Key.Key_Tab)
    assert names == [
        "Modifier", "Autres actes", "Convention émise",
        "Bénéficiaire", "Structure d’accueil", "Organisme prescripteur",
    ]  # fmt: skip
    assert bench.page.preview.isAncestorOf(bench.focus)


def test_tab_goes_through_the_details_where_they_are_unfolded_and_back(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    form = bench.form
    for details in (form.person.record, form.host.book, form.prescriber.folded):
        bench.click(details.toggle)
    forth = walked(bench, form.person.go, Qt.Key.Key_Tab)
    assert forth == [
        "Ouvrir sa fiche", "Replier", *PERSON_FIELDS,
        "Situation avant l’immersion", "Conseiller référent",
        "Structure d’accueil", "Replier", *HOST_FIELDS, *TUTOR_FIELDS, *OTHER_FIELDS,
        "Replier", *ASSOCIATION_FIELDS,
    ]  # fmt: skip
    back = walked(bench, form.prescriber.delegation.new_button, Qt.Key.Key_Backtab)
    assert back == forth[::-1]


def test_tab_goes_through_each_day_of_the_period(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.press(Qt.Key.Key_J, CONTROL)
    QApplication.processEvents()
    first = bench.field("ends_on")
    assert walked(bench, first, Qt.Key.Key_Tab)[:7] == [
        "Dernier jour", "Horaires, Lun. 18 mai", "Horaires, Mar. 19 mai", "Horaires, Mer. 20 mai",
        "Horaires, Jeu. 21 mai", "Horaires, Ven. 22 mai",
        "Découvrir un métier ou un secteur d’activité",
    ]  # fmt: skip


def test_tab_reaches_every_field_that_is_shown(bench: Bench, blank: UUID) -> None:
    bench.show(blank)
    form = bench.form
    for details in (form.person.record, form.host.book, form.prescriber.folded):
        details.unfold()
    names = walked(bench, form.person.go, Qt.Key.Key_Tab)
    kinds: tuple[type[QWidget], ...] = (QLineEdit, QPlainTextEdit, QComboBox, QCheckBox)
    shown = [
        name_of(each)
        for kind in kinds
        for each in form.area.findChildren(kind)
        if each.isVisibleTo(form.area)
    ]
    assert len(shown) > 40
    assert [name for name in shown if name not in names] == []


def test_tab_stops_at_the_answer_that_was_given(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    prevention = bench.form.fields.fields["prevention"]
    assert isinstance(prevention, YesNoField)
    bench.click(prevention.no)
    bench.field("evaluation").setFocus()
    bench.press(Qt.Key.Key_Tab)
    bench.press(Qt.Key.Key_Tab)
    assert prevention.no.hasFocus()
    bench.press(Qt.Key.Key_Right)
    bench.press(Qt.Key.Key_Backtab)
    bench.press(Qt.Key.Key_Tab)
    assert prevention.yes.hasFocus()
    bench.press(Qt.Key.Key_Tab)
    assert prevention.line.hasFocus()


def test_prevention_that_says_yes_and_not_what_is_completed_where_it_is_written(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    prevention = bench.form.fields.fields["prevention"]
    assert isinstance(prevention, YesNoField)
    bench.click(prevention.yes)
    prevention.line.clear()
    bench.type(" ")
    bench.until(lambda: bench.checklist == ["1 point à compléter"])
    bench.page.list.view.setFocus()
    bench.next_point()
    assert bench.focus is prevention.line


def test_choosing_a_host_goes_on_to_what_comes_next_and_not_back_up(
    bench: Bench, database: Database, office: Office
) -> None:
    with database.write(new_act()) as session:
        session.get_one(m.Person, office.person).birth_name = None
        made = placements.create(session, NewPlacement(UUID(int=7), office.person, TODAY))
    bench.show(made)
    bench.form.host.pick.setFocus()
    bench.pick("bas")
    bench.until(lambda: bench.window.focusWidget() is bench.field("starts_on"))
    assert not bench.form.person.record.is_open()


def test_choosing_the_conseiller_when_nothing_is_missing_goes_on_to_the_next_field(
    bench: Bench, draft: UUID
) -> None:
    bench.show(draft)
    staff = bench.form.person.staff
    staff.setFocus()
    bench.until(staff.hasSelectedText)
    bench.pick("Paul Vidal")
    bench.until(lambda: bench.window.focusWidget() is bench.form.host.pick)
    assert staff.text() == "Paul Vidal"


def test_modifying_an_issued_convention_keeps_the_cursor_in_it(
    bench: Bench, database: Database, office: Office
) -> None:
    bench.show(issued(database, office))
    bench.issued.revise.setFocus()
    bench.press(Qt.Key.Key_Space)
    bench.until(lambda: not bench.reading)
    bench.settle()
    QApplication.processEvents()
    assert bench.focus is bench.form.host.pick
    bench.choose("Abandonner la modification")
    bench.press(Qt.Key.Key_Return)
    bench.until(lambda: bench.reading)
    QApplication.processEvents()
    assert bench.issued.isAncestorOf(bench.focus)


def test_a_question_given_up_gives_the_cursor_back(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    bench.field("tasks").setFocus()
    bench.press(Qt.Key.Key_Return, CONTROL)
    assert bench.focus is bench.form.head.confirm.yes
    bench.press(Qt.Key.Key_Escape)
    assert bench.focus is bench.field("tasks")


def test_every_field_of_the_form_has_a_name_to_be_read_out(bench: Bench, draft: UUID) -> None:
    bench.show(draft)
    kinds: tuple[type[QWidget], ...] = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    shown = [
        each
        for kind in kinds
        for each in bench.page.findChildren(kind)
        if each.isVisibleTo(bench.page) and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(shown) > 40
    read = [QAccessible.queryAccessibleInterface(each) for each in shown]
    nameless = [each.object() for each in read if each and not each.text(QAccessible.Text.Name)]
    assert nameless == []
