"""All there is to see in the application, found by construction: each page, each scene of the
pictures, each strip, each card and each sheet. What is added later is walked too, or a test says
that nothing here shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.bases import TODAY
from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.equipment import EquipmentState
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.keys import Ask, RawKey
from connexion_desktop.domain.maintenance import Held
from connexion_desktop.domain.recovery import encode
from connexion_desktop.domain.servers import LostServerError, ServerAddress, ServerError
from connexion_desktop.domain.targets import SettingsSection
from connexion_desktop.system.settings import Settings
from connexion_desktop.ui.page_table import pages
from connexion_desktop.ui.pages.equipment import EquipmentPage
from connexion_desktop.ui.pages.first_start import Welcome
from connexion_desktop.ui.pages.pilotage import PilotagePage
from connexion_desktop.ui.pages.programme import ProgrammePage
from connexion_desktop.ui.pages.programme.activities import ActivitiesPane
from connexion_desktop.ui.pages.programme.activities.allergies import AllergiesSheet
from connexion_desktop.ui.pages.programme.papers_pane import PapersPane
from connexion_desktop.ui.pages.recovery_code import RecoveryCode
from connexion_desktop.ui.pages.restore import ConfirmRestoring
from connexion_desktop.ui.pages.server.address import JoinServer
from connexion_desktop.ui.pages.server.asked import ServerPassword, ServerTrouble
from connexion_desktop.ui.pages.server.choosing import ChooseServer
from connexion_desktop.ui.pages.server.former import FormerPassword
from connexion_desktop.ui.pages.server.moved import MovedSheet
from connexion_desktop.ui.pages.server.moving import MoveBack, MoveToServer
from connexion_desktop.ui.pages.settings import SettingsPage
from connexion_desktop.ui.pages.settings.team import TeamPane
from connexion_desktop.ui.pages.settings.templates import TemplatesPane
from connexion_desktop.ui.pages.trouble import Trouble
from connexion_desktop.ui.pages.unlock import NewPassphrase, Unlock
from connexion_desktop.ui.print_preview import PrintPreview
from connexion_desktop.ui.scenes import SCENES, Scene
from connexion_desktop.ui.sheets import Sheet, crash_sheet
from connexion_desktop.ui.widgets.card import Card
from connexion_desktop.usecases.moving import Moved

from .walking import Walk

Stop = tuple[str, Callable[[Walk], QWidget]]
"""A name, and what shows it: gives the window to look at, the sheet where it is one."""

PAGES = tuple(spec.name for spec in pages(Settings()))
_ACTS = (
    ("group", "new-person"),
    ("group", "new-group"),
    ("group", "search"),
    ("equipment", "equipment.new"),
    ("equipment", "equipment.edit"),
    ("groups", "groups.edit"),
    ("person", "person.leave"),
    ("placements", "placements.new"),
    ("programme", "programme.new"),
    ("programme", "programme.draw"),
    ("programme", "programme.keep"),
    ("organisations", "organisations.new"),
    ("organisations", "organisations.edit"),
)
"""The acts that open something above a page, or in it."""

_KEY = RawKey("5eed" * 16)
_SHEETS = ("help", "legal", "about", "recovery", "verify")
"""The acts that open a sheet from anywhere."""


def on_pages() -> Iterator[Stop]:
    """Each page as it opens, then with all it holds; each scene; what opens above a page."""
    for name in PAGES:
        yield name, partial(_at, name)
        yield f"{name}, en entier", partial(_whole, name)
    for scene in SCENES:
        yield f"scène {scene.name}", partial(_scene, scene)
    for page, act in _ACTS:
        yield f"acte {act}", partial(_act, page, act)
    for section in SettingsSection:
        yield f"réglages {section}", partial(_section, section)
    for section in (SettingsSection.DELEGATIONS, SettingsSection.CLOSURES):
        yield f"ajouter, {section}", partial(_add_in, section)
    yield "ajouter, modèles", _line_of_a_model
    yield "donner un rôle", partial(_right, "role_strip", "give")
    yield "remplacement", partial(_right, "replacement_strip", "replace")
    yield "voir les noms", _names
    yield "proposer une activité", _offer
    yield "allergies de quelqu’un", _allergies
    yield "signé un autre jour", _signing
    yield "mois envoyé", _sending
    yield "signature manquante", _missing
    yield "prêter", partial(_ask, EquipmentState.AVAILABLE)
    yield "rendre", partial(_ask, EquipmentState.LENT)


def sheets() -> Iterator[Stop]:
    """What is read in a window of its own."""
    for act in _SHEETS:
        yield f"feuille {act}", partial(_sheet, "group", act)
    yield "feuille historique", partial(_sheet, "person", "history")
    yield "feuille allergies", _allergies_sheet
    yield "feuille déplacé", _moved_sheet
    yield "aperçu d’une liste", _print_preview
    yield "feuille imprévu", lambda walk: crash_sheet(walk.window, "ValueError\n" * 4)


def cards(folder: Path) -> Iterator[tuple[str, Callable[[], Card]]]:
    """What the window shows before a base is open."""
    backup = folder / "connexion 2026-04-20 18 h 30.base"
    held = Held(("36 personnes", "3 groupes"), datetime(2026, 4, 20, 18, 30).astimezone(), True)
    problem = UserError("La base est endommagée.", "Rien n’a été changé.", "Restaurez.")
    yield "Bienvenue", lambda: Welcome("Nadia Ferrand", backups=folder)
    yield "Bienvenue, base connue", lambda: Welcome(has_own=True, backups=folder)
    yield (
        "Code de secours",
        lambda: RecoveryCode(encode(_KEY), "Les Possibles", on=TODAY),
    )
    yield "Phrase", lambda: Unlock(Ask.PASSPHRASE, file="connexion.base")
    yield "Code", lambda: Unlock(Ask.RECOVERY, file="connexion.base")
    yield "Nouvelle phrase", NewPassphrase
    yield "Restaurer", lambda: ConfirmRestoring(backup, folder / "connexion.base", held)
    yield "Ennui", lambda: Trouble(problem, folder / "connexion.base")
    address = ServerAddress("bureau", "serveur.bureau.example.org", "connexion", "n.ferrand")
    yield "Rejoindre", lambda: JoinServer(address)
    yield "Quel serveur", lambda: ChooseServer((address, replace(address, name="formation")))
    yield "Mot de passe", lambda: ServerPassword("bureau", UserError("Pas sur ce poste."))
    yield "Ancien mot de passe", lambda: FormerPassword("bureau")
    yield "Serveur muet", lambda: ServerTrouble("bureau", LostServerError("Il ne répond pas."))
    yield "Serveur fermé", lambda: ServerTrouble("bureau", ServerError("Il refuse."))
    yield "Passer au serveur", lambda: MoveToServer("Nadia Ferrand")
    yield "Rapatrier", lambda: MoveBack(address, folder / "connexion.base")


def kinds(base: type[Any]) -> set[type[Any]]:
    """Every kind of it that the application defines."""
    found = {kind for kind in base.__subclasses__() if kind.__module__.startswith("connexion")}
    return found.union(*map(kinds, found))


def _at(name: str, walk: Walk) -> QWidget:
    walk.go(name)
    return walk.window


def _whole(name: str, walk: Walk) -> QWidget:
    walk.go(name)
    walk.show_whole()
    return walk.window


def _scene(scene: Scene, walk: Walk) -> QWidget:
    found: list[object] = []
    walk.window.jobs.read(walk.window, scene.target, found.append)
    walk.until(lambda: bool(found))
    walk.window.go(scene.page, found[0])
    walk.wait()
    page = walk.window.current_page()
    assert page is not None
    scene.arrange(page)
    walk.until(lambda: scene.ready(page))
    walk.wait()
    return walk.window


def _act(page: str, act: str, walk: Walk) -> QWidget:
    walk.go(page)
    walk.window.actions_.get(act).trigger()
    walk.wait()
    QApplication.processEvents()
    return walk.window


def _section(section: SettingsSection, walk: Walk) -> QWidget:
    walk.window.go("settings", section)
    walk.wait()
    QApplication.processEvents()
    return walk.window


def _right(strip: str, way: str, walk: Walk) -> QWidget:
    _section(SettingsSection.TEAM, walk)
    page = walk.window.current_page()
    assert isinstance(page, SettingsPage)
    assert isinstance(page.pane, TeamPane)
    getattr(page.pane.rights, way).click()
    walk.wait()
    assert getattr(page.pane, strip).isVisible()
    return walk.window


def _names(walk: Walk) -> QWidget:
    _at("pilotage", walk)
    page = walk.window.current_page()
    assert isinstance(page, PilotagePage)
    page.names_strip.begin()
    walk.wait()
    assert page.names_strip.isVisible()
    return walk.window


def _activities(walk: Walk) -> ActivitiesPane:
    walk.go("programme")
    page = walk.window.current_page()
    assert isinstance(page, ProgrammePage)
    page.show_tab("Activités")
    walk.wait()
    pane = page.pane
    assert isinstance(pane, ActivitiesPane)
    return pane


def _offer(walk: Walk) -> QWidget:
    pane = _activities(walk)
    pane.ask_offer()
    walk.wait()
    assert pane.offering.isVisible()
    return walk.window


def _allergies(walk: Walk) -> QWidget:
    pane = _activities(walk)
    pane.ask_allergies(pane.table.rows_model.rows()[0])
    walk.wait()
    assert pane.telling.isVisible()
    return walk.window


def _signing(walk: Walk) -> QWidget:
    pane = _activities(walk)
    pane.acts.sign_another_day(pane.table.rows_model.rows()[0], ConsentKind.IMAGE)
    walk.wait()
    assert pane.signing.isVisible()
    return walk.window


def _papers(walk: Walk) -> PapersPane:
    walk.go("programme")
    page = walk.window.current_page()
    assert isinstance(page, ProgrammePage)
    page.show_tab("Papiers")
    walk.wait()
    pane = page.pane
    assert isinstance(pane, PapersPane)
    return pane


def _sending(walk: Walk) -> QWidget:
    pane = _papers(walk)
    pane.send_button.click()
    walk.wait()
    assert pane.sending.isVisible()
    return walk.window


def _missing(walk: Walk) -> QWidget:
    pane = _papers(walk)
    pane.ask_missing(next(each for each in pane.sheets.rows() if each.signed_on is not None))
    walk.wait()
    assert pane.missing.isVisible()
    return walk.window


def _allergies_sheet(walk: Walk) -> QWidget:
    pane = _activities(walk)
    shown = pane.shown
    assert shown is not None
    pane.acts.show_allergies(shown.offers[0])
    walk.until(lambda: bool(walk.window.findChildren(AllergiesSheet)))
    (sheet,) = walk.window.findChildren(AllergiesSheet)
    return sheet


def _moved_sheet(walk: Walk) -> QWidget:
    moved = Moved({"person": 300, "note": 2_041}, Path("Documents") / "bureau.base")
    sheet = MovedSheet(walk.window, moved)
    sheet.open_beside()
    return sheet


def _add_in(section: SettingsSection, walk: Walk) -> QWidget:
    _section(section, walk)
    walk.window.actions_.get("settings.add").trigger()
    walk.wait()
    return walk.window


def _line_of_a_model(walk: Walk) -> QWidget:
    _section(SettingsSection.TEMPLATES, walk)
    page = walk.window.current_page()
    assert isinstance(page, SettingsPage)
    assert isinstance(page.pane, TemplatesPane)
    page.pane.duplicate()
    walk.wait()
    walk.window.actions_.get("settings.add").trigger()
    walk.wait()
    assert page.pane.strip.isVisible()
    return walk.window


def _ask(state: EquipmentState, walk: Walk) -> QWidget:
    walk.go("equipment")
    page = walk.window.current_page()
    assert isinstance(page, EquipmentPage)
    page.open_row(next(row.id for row in page.model.rows() if row.state is state))
    walk.wait()
    return walk.window


def _print_preview(walk: Walk) -> QWidget:
    def drawn() -> list[PrintPreview]:
        return [each for each in walk.window.findChildren(PrintPreview) if each.is_drawn]

    _act("people", "people.print", walk)
    walk.until(lambda: bool(drawn()))
    (preview,) = drawn()
    return preview


def _sheet(page: str, act: str, walk: Walk) -> QWidget:
    def shown() -> list[Sheet]:
        return [each for each in walk.window.findChildren(Sheet) if each.isVisible()]

    _act(page, act, walk)
    walk.until(lambda: bool(shown()))
    (sheet,) = shown()
    return sheet
