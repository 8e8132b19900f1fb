"""The pages that exist, in the rail's order; each is imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.page_spec import PageSpec

if TYPE_CHECKING:
    from connexion_desktop.ui.desk import Desk
    from connexion_desktop.ui.page import Page

FIRST = "group"


def _today(desk: Desk) -> Page:
    from connexion_desktop.ui.pages.today import TodayPage

    return TodayPage(desk)


def _person(desk: Desk) -> Page:
    from connexion_desktop.ui.pages.person import PersonPage

    return PersonPage(desk)


def _pilotage(desk: Desk) -> Page:
    from connexion_desktop.ui.pages.pilotage import PilotagePage

    return PilotagePage(desk)


def _merging(desk: Desk) -> Page:
    from connexion_desktop.ui.pages.merging import MergingPage

    return MergingPage(desk)


def _import(desk: Desk) -> Page:
    from connexion_desktop.ui.pages.import_page import ImportPage

    return ImportPage(desk)


def pages(settings: Settings) -> tuple[PageSpec, ...]:
    """The pages that exist, in the rail's order."""

    def group(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.group.page import GroupPage

        return GroupPage(desk, settings)

    def people(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.people import PeoplePage

        return PeoplePage(desk, settings)

    def duplicates(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.duplicates import DuplicatesPage

        return DuplicatesPage(desk, settings)

    def equipment(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.equipment import EquipmentPage

        return EquipmentPage(desk, settings)

    def groups(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.groups import GroupsPage

        return GroupsPage(desk, settings)

    def placements(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.placements import PlacementsPage

        return PlacementsPage(desk, settings)

    def organisations(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.organisations import OrganisationsPage

        return OrganisationsPage(desk, settings)

    def programme(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.programme import ProgrammePage

        return ProgrammePage(desk, settings)

    def settings_page(desk: Desk) -> Page:
        from connexion_desktop.ui.pages.settings import SettingsPage

        return SettingsPage(desk, settings)

    return (
        PageSpec("today", "Aujourd’hui", "sun-line", "Ctrl+Shift+A", _today),
        PageSpec(FIRST, "Groupe", "team-line", "Ctrl+1; Ctrl+&", group, in_group=True),
        PageSpec(
            "groups", "Tous les groupes", "team-line", "Ctrl+Shift+G", groups, FIRST, in_group=True
        ),
        PageSpec("people", "Personnes", "contacts-book-2-line", "Ctrl+2; Ctrl+É", people),
        PageSpec(
            "programme",
            "Programme",
            "calendar-2-line",
            'Ctrl+3; Ctrl+"',
            programme,
            in_group=True,
        ),
        PageSpec("placements", "Immersions", "briefcase-4-line", "Ctrl+4; Ctrl+'", placements),
        PageSpec(
            "organisations",
            "Structures",
            "building-line",
            "Ctrl+Shift+O",
            organisations,
            "placements",
        ),
        PageSpec("equipment", "Matériel", "macbook-line", "Ctrl+5; Ctrl+(", equipment),
        PageSpec("pilotage", "Pilotage", "bar-chart-2-line", "Ctrl+6", _pilotage),
        PageSpec(
            "duplicates", "Doublons possibles", "group-line", "Ctrl+Shift+R", duplicates, "people"
        ),
        PageSpec("merging", "Comparer deux fiches", "group-line", "", _merging, place="people"),
        PageSpec("person", "Personne", "user-line", "", _person, place=FIRST, in_group=True),
        PageSpec("import", "Importer un tableau", "file-upload-line", "", _import, place=FIRST),
        PageSpec("settings", "Réglages", "settings-3-line", "Ctrl+,", settings_page, at_foot=True),
    )
