"""Groups made by hand, entered and left: in the real window, with real keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from connexion_desktop.ui.new_group import NewGroupStrip
from connexion_desktop.ui.pages.group.page import GroupPage
from connexion_desktop.ui.pages.groups import GroupsPage
from connexion_desktop.ui.pages.people import PeoplePage
from connexion_desktop.ui.pages.person import PersonPage
from connexion_desktop.usecases import thresholds

from .. import factories as make
from .colleague import nadia
from .hands import Hands
from .walking import Walk

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Groups(Hands):
    """The window, and what the keyboard does there."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self.go("groups")

    @property
    def page(self) -> GroupsPage:
        return self.front(GroupsPage)

    @property
    def group(self) -> GroupPage:
        return self.front(GroupPage)

    @property
    def strip(self) -> NewGroupStrip:
        (found,) = self.window.findChildren(NewGroupStrip)
        return found

    @property
    def title(self) -> str:
        return self.window.header.title.words()

    def names(self) -> list[str]:
        return [group.name for group in self.page.model.rows()]

    def begin(self) -> None:
        self.act("new-group")

    def make(self, site: str, day: str) -> None:
        """A group, made with the keyboard once its site is chosen."""
        self.begin()
        self.strip.site.setCurrentText(site)
        self.strip.day.setFocus()
        self.type(day)
        self.press(Qt.Key.Key_Return)

    def go_to_people(self) -> PeoplePage:
        self.go("people")
        return self.front(PeoplePage)

    def go_down(self, rows: int) -> None:
        """To that row of the list, from the first."""
        self.page.table.put_current(self.page.model.rows()[rows].id, anew=True)
        self.page.table.setFocus()

    def choose(self, name: str) -> None:
        """Pick a group in the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        (wanted,) = [act for act in menu.actions() if act.text().startswith(name)]
        menu.setActiveAction(wanted)
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def groups(walk: Walk) -> Groups:
    return Groups(walk)


def test_all_the_groups_are_there_the_last_begun_first(groups: Groups) -> None:
    assert groups.names() == [
        "Bordeaux · mars 2026",
        "Talence · décembre 2025",
        "Pessac · mars 2025",
    ]
    groups.press(Qt.Key.Key_Down)
    groups.press(Qt.Key.Key_Return)
    assert groups.title == "Talence · décembre 2025"


def test_a_year_filters(groups: Groups) -> None:
    QTest.mouseClick(groups.page.counters.chip(2025), Qt.MouseButton.LeftButton)
    assert groups.names() == ["Talence · décembre 2025", "Pessac · mars 2025"]


def test_a_year_stays_pressed_when_a_group_of_another_year_is_made(groups: Groups) -> None:
    QTest.mouseClick(groups.page.counters.chip(2026), Qt.MouseButton.LeftButton)
    groups.make("Pessac", "6/9/2027")
    groups.window.go("groups")
    groups.wait()
    assert groups.page.counters.chip(2026).isChecked()
    assert groups.names() == ["Bordeaux · mars 2026"]


def test_the_switcher_leads_to_all_the_groups_and_to_a_new_one(groups: Groups) -> None:
    groups.press(Qt.Key.Key_Escape)
    menu = groups.window.header.title.menu()
    assert [act.text() for act in menu.actions()][-2:] == ["Tous les groupes", "Nouveau groupe"]


def test_a_site_and_a_day_make_a_group_with_its_name(groups: Groups) -> None:
    groups.make("Pessac", "7/9")
    assert groups.title == "Pessac · septembre 2026"
    assert groups.group.empty.isVisible()
    assert not groups.strip.isVisible()


def test_a_first_day_out_of_the_programme_is_told_and_not_refused(groups: Groups) -> None:
    groups.begin()
    groups.strip.day.setFocus()
    groups.type("10/9/2026")
    assert groups.strip.hint.text().startswith("Le 10 septembre 2026 est un jeudi")
    groups.press(Qt.Key.Key_Return)
    assert groups.title == "Septembre 2026"


def test_a_first_day_is_compared_with_the_days_of_the_programme_that_are_set(
    groups: Groups,
) -> None:
    store = groups.window.jobs.store
    assert store is not None
    nadia(store, lambda session: thresholds.change(session, "programme.days", "wednesday,thursday"))
    groups.begin()
    groups.strip.day.setFocus()
    groups.type("9/9/2026")
    assert not groups.strip.hint.isVisible()
    groups.strip.day.selectAll()
    groups.type("7/9/2026")
    assert "le programme se tient le mercredi et le jeudi" in groups.strip.hint.text()


def test_a_name_written_is_kept_when_the_day_changes(groups: Groups) -> None:
    groups.begin()
    groups.strip.group_name.setFocus()
    groups.type("Groupe du matin")
    groups.strip.day.setFocus()
    groups.type("7/9")
    groups.press(Qt.Key.Key_Return)
    assert groups.title == "Groupe du matin"


@pytest.mark.parametrize(("day", "told"), [("", "premier jour"), ("32/13", "32/13")])
def test_a_group_without_a_readable_day_is_not_made(groups: Groups, day: str, told: str) -> None:
    groups.make("Pessac", day)
    assert told in groups.strip.problem.text()
    assert len(groups.names()) == 3


def test_the_same_name_twice_is_refused_in_place(groups: Groups) -> None:
    groups.begin()
    groups.strip.site.setCurrentText("Bordeaux")
    groups.strip.day.setFocus()
    groups.type("2/3/2026")
    groups.press(Qt.Key.Key_Return)
    assert "déjà un groupe" in groups.strip.problem.text()
    assert groups.strip.isVisible()


def test_people_chosen_in_the_list_enter_the_group(groups: Groups) -> None:
    groups.make("Pessac", "7/9")
    people = groups.go_to_people()
    people.table.selectRow(1)
    chosen = people.model.rows()[1]
    groups.press(Qt.Key.Key_E, CONTROL | SHIFT)
    groups.choose("Pessac")
    assert "1 personne dans Pessac" in groups.window.status.news.text()
    found = next(person for person in people.model.rows() if person.id == chosen.id)
    assert (found.line.group, found.line.state.label) == ("Pessac · septembre 2026", "en parcours")


def test_a_thirteenth_is_told(groups: Groups) -> None:
    people = groups.go_to_people()
    people.table.selectRow(1)
    groups.press(Qt.Key.Key_E, CONTROL | SHIFT)
    groups.choose("Bordeaux")
    assert "13 personnes, pour 12 prévues" in groups.window.status.news.text()


def open_first(groups: Groups, name: str) -> PersonPage:
    people = groups.go_to_people()
    people.search.setText(name)
    people.table.open_current()
    groups.wait()
    page = groups.window.current_page()
    assert isinstance(page, PersonPage)
    return page


def test_an_exit_is_told_in_place_and_undone(groups: Groups) -> None:
    person = open_first(groups, "Diallo")
    groups.window.actions_.get("person.leave").trigger()
    groups.wait()
    strip = person.acts.leaving
    strip.act_button.click()
    assert "comment" in strip.problem.text()
    strip.how.setCurrentText("CDI")
    strip.detail.setFocus()
    groups.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    people = groups.go_to_people()
    assert people.model.rows()[0].line.state.label == "parcours terminé"
    groups.window.actions_.get("undo").trigger()
    groups.wait()
    assert people.model.rows()[0].line.state.label == "en parcours"


def test_an_exit_before_presences_noted_says_so_then_is_noted(groups: Groups) -> None:
    person = open_first(groups, "Diallo")
    journey, store = person.journey, groups.window.jobs.store
    assert journey is not None and store is not None
    nadia(store, lambda session: make.mark(session, journey.id, make.days(0), "P"))
    groups.act("person.leave")
    strip = person.acts.leaving
    strip.how.setCurrentText("CDI")
    strip.day.setFocus()
    strip.day.selectAll()
    groups.type("20/4/2026")
    groups.press(Qt.Key.Key_Return)
    assert strip.problem.text().startswith(
        "1 présence est notée après le 20 avril 2026. Elle restera dans la grille"
    )
    groups.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert "Sortie notée" in groups.window.status.news.text()


def test_who_is_in_no_group_is_offered_one(groups: Groups) -> None:
    person = open_first(groups, "Dragomir")
    button: QWidget = person.side.enter
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    groups.wait()
    groups.choose("Bordeaux")
    assert groups.title == "Bordeaux · mars 2026"
    assert not button.isVisible()


def test_who_has_no_group_cannot_leave_one(groups: Groups) -> None:
    open_first(groups, "Dragomir")
    groups.window.actions_.get("person.leave").trigger()
    assert "aucun groupe" in groups.window.status.news.text()


def test_who_leaves_with_a_computer_is_told(groups: Groups) -> None:
    person = open_first(groups, "Diallo")
    groups.window.actions_.get("person.leave").trigger()
    groups.wait()
    strip = person.acts.leaving
    strip.how.setCurrentText("CDI")
    strip.how.setFocus()
    groups.press(Qt.Key.Key_Return)
    assert "PC-004 encore en prêt" in groups.window.status.news.text()


def test_a_strip_takes_no_more_room_than_its_line(groups: Groups) -> None:
    person = open_first(groups, "Diallo")
    groups.window.actions_.get("person.leave").trigger()
    groups.wait()
    assert person.acts.leaving.height() < 120


# Mended, closed, opened again


def test_f2_mends_a_group_and_enter_saves(groups: Groups) -> None:
    groups.go_down(0)
    groups.press(Qt.Key.Key_F2)
    strip = groups.page.editing
    assert strip.isVisible()
    assert strip.site.currentText() == "Bordeaux"
    assert (strip.weeks.text(), strip.capacity.text()) == ("12", "12")
    groups.type("Bordeaux printemps")
    strip.capacity.setFocus()
    strip.capacity.selectAll()
    groups.type("14")
    groups.press(Qt.Key.Key_Return)
    assert not strip.isVisible()
    assert groups.page.table.hasFocus()
    row = groups.page.model.rows()[0]
    assert (row.name, row.capacity, row.site) == ("Bordeaux printemps", 14, "Bordeaux")
    groups.press(Qt.Key.Key_Z, CONTROL)
    assert groups.names()[0] == "Bordeaux · mars 2026"


def test_a_name_that_another_group_has_is_refused_in_place(groups: Groups) -> None:
    groups.go_down(0)
    groups.press(Qt.Key.Key_F2)
    groups.type("talence - decembre 2025")
    groups.press(Qt.Key.Key_Return)
    strip = groups.page.editing
    assert "Il y a déjà un groupe" in strip.problem.text()
    assert strip.isVisible()
    groups.press(Qt.Key.Key_Escape)
    assert groups.names()[0] == "Bordeaux · mars 2026"


def test_a_first_day_that_surprises_is_told_and_saved(groups: Groups) -> None:
    groups.go_down(0)
    groups.press(Qt.Key.Key_F2)
    strip = groups.page.editing
    strip.day.setFocus()
    strip.day.selectAll()
    groups.type("4/3/2026")
    assert "est un mercredi" in strip.hint.text()
    groups.press(Qt.Key.Key_Return)
    assert groups.page.model.rows()[0].starts_on.day == 4


def test_the_group_page_leads_to_the_mending_of_its_group(groups: Groups) -> None:
    groups.go_down(0)
    groups.press(Qt.Key.Key_Return)
    assert groups.title == "Bordeaux · mars 2026"
    groups.act("group.edit")
    assert groups.page.editing.isVisible()
    assert groups.page.editing.group_name.text() == "Bordeaux · mars 2026"
    groups.press(Qt.Key.Key_Escape)


def test_a_group_with_people_in_it_says_how_many_and_stays_open(groups: Groups) -> None:
    groups.go_down(0)
    present = groups.page.model.rows()[0].present
    groups.act("groups.close")
    (told,) = groups.window.banners.shown()
    assert f"{present} personnes sont encore dans" in str(told.problem)
    assert groups.page.model.rows()[0].is_open


def test_an_empty_group_closes_and_opens_again(groups: Groups) -> None:
    groups.make("Pessac", "5/10/2026")
    groups.window.go("groups")
    groups.wait()
    place = groups.names().index("Pessac · octobre 2026")
    groups.go_down(place)
    menu = groups.page.menu_for(groups.page.model.rows()[place].id)
    assert "Clore le groupe" in [act.text() for act in menu.actions()]
    groups.act("groups.close")
    assert groups.page.model.rows()[place].phase.startswith("terminé le")
    menu = groups.page.menu_for(groups.page.model.rows()[place].id)
    assert "Rouvrir le groupe" in [act.text() for act in menu.actions()]
    groups.act("groups.close")
    assert groups.page.model.rows()[place].is_open
