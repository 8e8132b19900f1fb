"""The thresholds, the colours, the data: each with its way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from connexion_desktop.ui import theme
from connexion_desktop.ui.pages.settings.appearance import AppearancePane
from connexion_desktop.ui.pages.settings.storage import StoragePane
from connexion_desktop.ui.pages.settings.thresholds import ThresholdsPane

from .bench import Desk


def test_a_threshold_out_of_bounds_is_said_and_given_back(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    box = pane.boxes["programme.no_contact_days"]
    desk.type(box.field.editor, "400")
    assert box.field.state.text() == "De 1 à 365 jours."
    desk.type(box.field.editor, "21")
    assert box.back.text() == "Revenir à : 14 jours"
    box.back.click()
    desk.wait()
    assert box.field.text() == "14"
    assert not box.back.isVisible()


def test_what_is_to_be_checked_is_marked_until_it_is_changed(desk: Desk) -> None:
    pane = desk.pane(ThresholdsPane)
    field = pane.boxes["placement.same_host_days_max"].field
    assert field.state.text() == "à vérifier"
    desk.type(field.editor, "30")
    assert field.remarks.rules == ()


def test_colours_and_size_are_those_of_the_menu(desk: Desk) -> None:
    pane = desk.pane(AppearancePane)
    pane.schemes[theme.Scheme.DARK].click()
    assert desk.window.actions_.get("scheme-dark").isChecked()
    desk.window.actions_.get("scheme-light").trigger()
    assert pane.schemes[theme.Scheme.LIGHT].isChecked()
    pane.sizes["larger"].click()
    desk.until(lambda: pane.scale.text() == "110 %")


def test_the_place_of_the_data_is_copied_and_a_backup_is_seen(desk: Desk) -> None:
    pane = desk.pane(StoragePane)
    assert Path(pane.path.text()).is_file()
    pane.copy.click()
    assert QGuiApplication.clipboard().text() == pane.path.text()
    before = len(pane.lines)
    pane.acts["backup"].click()
    desk.until(lambda: len(pane.lines) > before)
    assert "la dernière" in [line.text() for line in pane.lines if isinstance(line, QLabel)]
    assert Path(pane.folder.text()).is_dir()


def test_every_act_on_the_base_is_that_of_the_menu(desk: Desk) -> None:
    pane = desk.pane(StoragePane)
    for name, button in pane.acts.items():
        assert button.text() == desk.window.actions_.get(name).text()
