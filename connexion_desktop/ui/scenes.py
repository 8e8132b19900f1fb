"""The pictures of `docs/images`: which page, shown on what. Each page adds its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connexion_desktop.ui.page import Page

if TYPE_CHECKING:
    from connexion_desktop.usecases import Session


def _nothing(_session: Session) -> None:
    return None


def _as_it_is(_page: Page) -> None:
    return None


def _at_once(_page: Page) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: `name` is that of its file, `page` the page shown.

    `target`, run in a reading session, finds what the page is opened on; `arrange` is called once
    its data is painted, to choose a tab or a row; then the picture waits until `ready`.
    """

    name: str
    page: str
    target: Callable[[Session], object] = _nothing
    arrange: Callable[[Page], object] = _as_it_is
    ready: Callable[[Page], bool] = _at_once


def _group_view(*, table: bool) -> Callable[[Page], object]:
    def arrange(page: Page) -> None:
        from connexion_desktop.ui.pages.group.page import GroupPage

        if isinstance(page, GroupPage):
            page.toolbar.show_view(table=table)

    return arrange


def _first_person(session: Session) -> object:
    """The first person of the latest group, among the others, whatever the day of the base."""
    from datetime import date

    from connexion_desktop import usecases
    from connexion_desktop.domain.board import BoardQuery
    from connexion_desktop.domain.targets import PersonTarget

    board = usecases.group_board.load(session, BoardQuery(None, date(9000, 1, 1)))
    cards = sorted(board.cards, key=lambda card: card.number)
    order = tuple(card.person_id for card in cards)
    return PersonTarget(order[0], order) if order else None


def _person_tab(*, details: bool) -> Callable[[Page], object]:
    def arrange(page: Page) -> None:
        from connexion_desktop.ui.pages.person import PersonPage

        if isinstance(page, PersonPage):
            show = page.journal.show_details if details else page.journal.show_feed
            show()

    return arrange


def _has_every_field(page: Page) -> bool:
    from connexion_desktop.ui.pages.person import PersonPage

    return isinstance(page, PersonPage) and page.journal.details.is_ready


def _show_files(page: Page) -> None:
    from connexion_desktop.ui.pages.person import PersonPage

    if isinstance(page, PersonPage):
        page.journal.show_files()


def _files_are_seen(page: Page) -> bool:
    from connexion_desktop.ui.pages.person import PersonPage

    return isinstance(page, PersonPage) and page.journal.files.is_ready


def _programme_tab(words: str) -> Callable[[Page], object]:
    def arrange(page: Page) -> None:
        from connexion_desktop.ui.pages.programme import ProgrammePage

        if isinstance(page, ProgrammePage):
            page.beside.close()
            page.show_tab(words)

    return arrange


def _presences_are_seen(page: Page) -> bool:
    from connexion_desktop.ui.pages.programme import ProgrammePage
    from connexion_desktop.ui.pages.programme.presences import PresencesPane

    pane = page.pane if isinstance(page, ProgrammePage) else None
    return isinstance(pane, PresencesPane) and pane.body.isVisible()


def _activities_are_seen(page: Page) -> bool:
    from connexion_desktop.ui.pages.programme import ProgrammePage
    from connexion_desktop.ui.pages.programme.activities import ActivitiesPane

    pane = page.pane if isinstance(page, ProgrammePage) else None
    return isinstance(pane, ActivitiesPane) and pane.table.isVisible()


def _next_visit(session: Session) -> object:
    """The visit that comes next in the latest group, whatever the day of the base."""
    from datetime import date

    from connexion_desktop import usecases
    from connexion_desktop.domain.board import BoardQuery
    from connexion_desktop.domain.meetings import MeetingState
    from connexion_desktop.domain.targets import RowTarget

    programme = usecases.programme.load(session, BoardQuery(None, date(9000, 1, 1)))
    coming = (each for each in programme.meetings if each.state is MeetingState.PLANNED)
    visit = next((each.id for each in coming if each.kind == "visite"), None)
    return RowTarget(visit) if visit is not None else None


def _placement(*, waiting: bool) -> Callable[[Session], object]:
    """The first immersion of the list that is a draft, or that waits for signatures."""

    def find(session: Session) -> object:
        from datetime import date

        from connexion_desktop import usecases

        rows = usecases.placement_views.queue(session, date(9000, 1, 1))
        found = (
            row.id
            for row in rows
            if bool(row.missing_signatures) is waiting and row.state.state.is_issued is waiting
        )
        return next(found, None)

    return find


def _immersion_is_whole(page: Page) -> bool:
    from connexion_desktop.ui.pages.placements import PlacementsPage

    return isinstance(page, PlacementsPage) and page.is_whole


def _close_paper(page: Page) -> None:
    from connexion_desktop.ui.pages.equipment import EquipmentPage

    if isinstance(page, EquipmentPage) and page.has_paper:
        page.papers.leave()


def _first_agreement(session: Session) -> object:
    from connexion_desktop import usecases
    from connexion_desktop.domain.loan_paper import LoanPaperKind
    from connexion_desktop.domain.targets import LoanPaperTarget

    loans = (row.loan_id for row in usecases.loans.fleet(session) if row.loan_id is not None)
    first = next(loans, None)
    return LoanPaperTarget(first, LoanPaperKind.AGREEMENT) if first is not None else None


def _agreement_is_drawn(page: Page) -> bool:
    from connexion_desktop.ui.pages.equipment import EquipmentPage

    if not isinstance(page, EquipmentPage):
        return False
    return page.papers.paper is not None and page.papers.is_drawn


def _section(name: str) -> Callable[[Session], object]:
    def find(_session: Session) -> object:
        from connexion_desktop.domain.targets import SettingsSection

        return SettingsSection(name)

    return find


def _show_families(page: Page) -> None:
    from connexion_desktop.domain.reference_lists import FAMILIES, list_named
    from connexion_desktop.ui.pages.settings import SettingsPage
    from connexion_desktop.ui.pages.settings.lists import ListsPane

    if isinstance(page, SettingsPage) and isinstance(page.pane, ListsPane):
        page.pane.show_list(list_named(FAMILIES))


def _show_replacement(page: Page) -> None:
    from connexion_desktop.ui.pages.settings import SettingsPage
    from connexion_desktop.ui.pages.settings.team import TeamPane

    if isinstance(page, SettingsPage) and isinstance(page.pane, TeamPane):
        page.pane.rights.replace.click()


def _copy_the_model(page: Page) -> None:
    from connexion_desktop.ui.pages.settings import SettingsPage
    from connexion_desktop.ui.pages.settings.templates import TemplatesPane

    pane = page.pane if isinstance(page, SettingsPage) else None
    if isinstance(pane, TemplatesPane) and not pane.panel.isVisible():
        pane.duplicate()


def _own_model_is_seen(page: Page) -> bool:
    from connexion_desktop.ui.pages.settings import SettingsPage
    from connexion_desktop.ui.pages.settings.templates import TemplatesPane

    pane = page.pane if isinstance(page, SettingsPage) else None
    return isinstance(pane, TemplatesPane) and pane.panel.isVisible()


class _InventedTable:
    """A small table of invented people, with the dirt of a real one; it lasts until it is shown."""

    _ROWS = """\
NOM;Prénom;Né(e) le;Tél;Ville;Orienté par;Date 1er contact;Niveau FR;RQTH;Suivi ML/FT ?;\
Activité;Filières choisies;Entrée le;Commentaires
LEROY;Inès;12-5-88;639980112;BÈGLES;Banque alimentaire;février 2026;B1;en cours;\
inscrite FT sans suivi;Cuisine;Sanitaire et social, Commerce;01/06/2026;permis B, sans voiture
N'DIAYE;Moussa;31/02/1990;06 39 98 01 13 / 06 39 98 01 14;Bordeaux;rue (tram B);20/04/2026;A2;\
non;Non;Sport;BTP, Apiculture;32/13/2026;garde d’enfants le mercredi
PETIT;Léo;30/09/2008;06 39 98 01;Pessac;Mission locale;mai 2026;;;;Podcast vidéo;Numérique;\
01/06/2026;mineur, mère : 06 39 98 01 23
ROUX;;03/04/1991;06 39 98 01 15;Talence;;;;;;;;01/06/2026;
DA SILVA;Maria-José;03/02/1979;0639980116;Cenon;;;B2;Non;Non;Cuisine;Commerce;01/06/2026;
"""

    def __init__(self) -> None:
        self._folder: Path | None = None

    def write(self, _session: Session) -> object:
        self._folder = Path(tempfile.mkdtemp())
        path = self._folder / "Cenon juin 2026.csv"
        path.write_text(self._ROWS, encoding="utf-8")
        return path

    def remove(self, page: Page) -> None:
        from connexion_desktop.ui.pages.import_page import ImportPage

        if self._folder is not None:
            shutil.rmtree(self._folder)
        if isinstance(page, ImportPage):
            page.form.table.selectRow(1)


def _ask_for_a_file(page: Page) -> None:
    from connexion_desktop.ui.pages.import_page import ImportPage

    if isinstance(page, ImportPage):
        page.ask_for_a_file()


def _look_into_placements(page: Page) -> None:
    from connexion_desktop.ui.pages.pilotage import PilotagePage

    if isinstance(page, PilotagePage):
        page.choose("placements")


def _see_report(page: Page) -> None:
    from connexion_desktop.ui.pages.pilotage import PilotagePage

    if isinstance(page, PilotagePage):
        page.paper_button.setChecked(True)


def _report_is_drawn(page: Page) -> bool:
    from connexion_desktop.ui.pages.pilotage import PilotagePage

    return isinstance(page, PilotagePage) and page.paper.is_drawn


def _compare_invented_files(page: Page) -> None:
    """Somebody written down twice, of whom there is more to choose than in the demo base."""
    from uuid import UUID

    from connexion_desktop.domain.merging import (
        Caution,
        Difference,
        FileHead,
        Known,
        MergeView,
        Side,
    )
    from connexion_desktop.ui.pages.merging import MergingPage

    def difference(section: str, label: str, kept: str, other: str, joins: str = "") -> Difference:
        longer = len(other) > len(kept)
        proposed = Side.BOTH if joins else Side.OTHER if longer else Side.KEPT
        return Difference(label, section, label, kept, other, proposed, joins)

    if isinstance(page, MergingPage):
        page.show_view(
            MergeView(
                FileHead(UUID(int=1), "P-00031", "Nurlan Akhmetov", "1990 · 06 39 98 01 31"),
                FileHead(UUID(int=2), "P-00058", "Nourlan Akhmetov", "02/05/1990 · Lormont"),
                (
                    difference("Identité", "Prénom", "Nurlan", "Nourlan"),
                    difference("Identité", "Date de naissance", "1990", "02/05/1990"),
                    difference(
                        "Coordonnées",
                        "Téléphone",
                        "06 39 98 01 31",
                        "06 39 98 01 58",
                        "Les deux : le second comme autre téléphone",
                    ),
                    difference("Coordonnées", "Ville", "Bordeaux", "Lormont"),
                    difference("Présences", "lun. 13 avr. 2026, matin", "Présence", "Absence"),
                ),
                tuple(Known("Identité", label, "") for label in ("Civilité", "Nom d’usage")),
                (
                    Caution(
                        "Deux prêts en cours : PC-012 et PC-031. Les deux restent, au nom de la "
                        "même personne."
                    ),
                ),
                "1 prêt, 3 notes",
            )
        )


_TABLE = _InventedTable()

SCENES: list[Scene] = [
    Scene("aujourdhui", "today"),
    Scene("groupe", "group", arrange=_group_view(table=False)),
    Scene("groupe-tableau", "group", arrange=_group_view(table=True)),
    Scene("groupes", "groups"),
    Scene("personnes", "people"),
    Scene("doublons", "duplicates"),
    Scene("comparer", "merging", arrange=_compare_invented_files),
    Scene("personne", "person", _first_person, _person_tab(details=False)),
    Scene("personne-fiche", "person", _first_person, _person_tab(details=True), _has_every_field),
    Scene("personne-fichiers", "person", _first_person, _show_files, _files_are_seen),
    Scene("programme", "programme", arrange=_programme_tab("Semaine")),
    Scene("programme-seance", "programme", _next_visit),
    Scene("programme-cycle", "programme", arrange=_programme_tab("Cycle")),
    Scene("programme-annee", "programme", arrange=_programme_tab("Année")),
    Scene(
        "presences",
        "programme",
        arrange=_programme_tab("Présences"),
        ready=_presences_are_seen,
    ),
    Scene(
        "programme-activites",
        "programme",
        arrange=_programme_tab("Activités"),
        ready=_activities_are_seen,
    ),
    Scene("programme-papiers", "programme", arrange=_programme_tab("Papiers")),
    Scene("immersions", "placements", _placement(waiting=False), ready=_immersion_is_whole),
    Scene("immersions-emise", "placements", _placement(waiting=True), ready=_immersion_is_whole),
    Scene("structures", "organisations"),
    Scene("materiel", "equipment", arrange=_close_paper),
    Scene("materiel-convention", "equipment", _first_agreement, ready=_agreement_is_drawn),
    Scene("pilotage", "pilotage", arrange=_look_into_placements),
    Scene("pilotage-rapport", "pilotage", arrange=_see_report, ready=_report_is_drawn),
    Scene("reglages", "settings", _section("association")),
    Scene("reglages-equipe", "settings", _section("team"), _show_replacement),
    Scene("reglages-listes", "settings", _section("lists"), _show_families),
    Scene(
        "reglages-modeles", "settings", _section("templates"), _copy_the_model, _own_model_is_seen
    ),
    Scene("importer", "import", arrange=_ask_for_a_file),
    Scene("importer-apercu", "import", _TABLE.write, _TABLE.remove),
]
