"""French for what Qt itself says: buttons, dates, its own file and print dialogs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_MISSING = {
    ("QAbstractFileIconProvider", "Drive"): "Lecteur",
    ("QAbstractFileIconProvider", "Folder"): "Dossier",
    ("QFileDialog", "&Look in:"): "&Dossier\u00a0:",
    ("QFileDialog", "Files of &type:"): "&Type de fichiers\u00a0:",
    ("QPrintSettingsOutput", "Page &Set:"): "&Série de pages\u00a0:",
}
"""What the dialogs of Qt 6.11 say that its French catalogue does not have."""


class _Rest(QTranslator):
    """Asked only for what Qt's own catalogue misses."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        return _MISSING.get((context, source))


def speak_french(app: QCoreApplication) -> None:
    """To be called before any window is made."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app.installTranslator(_Rest(app))
    catalogue = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if catalogue.load("qtbase_fr", folder):
        app.installTranslator(catalogue)
