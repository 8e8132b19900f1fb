"""Note, action, talk or absence: the kind of what is typed, and the command it becomes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.entry import EntryKind, Known, command_of
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.person_commands import (
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.quick_entry import read_entry

from .reading import REASONS, line, read

TODAY = date(2026, 4, 21)  # a Tuesday
WHO = UUID(int=7)


KNOWN = Known(REASONS)


def shown(typed: str, kind: EntryKind | None = None) -> str:
    return " · ".join(preview(read_entry(typed, TODAY, KNOWN, kind), TODAY))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("A retrouvé le sourire", "Note · aujourd’hui"),
        ("hier : a vu l’EHPAD", "Note · hier"),
        ("lundi : a pleuré", "Note · hier"),
        ("17/4 : n’est pas venue", "Note · ven. 17 avril"),
        ("8h30 : arrivée en retard", "Note · aujourd’hui"),
        ("Absente de chez elle depuis mardi", "Note · aujourd’hui"),
        ("/note action de grâce", "Note · aujourd’hui"),
        ("note entretien avec la mère", "Note · aujourd’hui"),
        ("action appeler l’EHPAD jeudi", "Action · Appeler l’EHPAD · jeu. 23 avril"),
        ("/action appeler l’EHPAD jeudi 14h", "Action · Appeler l’EHPAD · jeu. 23 avril, 14 h"),
        ("/a appeler l’EHPAD", "Action · Appeler l’EHPAD · sans date"),
        ("action jeudi 14h appeler l’EHPAD", "Action · Appeler l’EHPAD · jeu. 23 avril, 14 h"),
        ("action demain 14h : rdv crèche", "Action · Rdv crèche · mer. 22 avril, 14 h"),
        ("action relire le CV +2s", "Action · Relire le CV · mar. 5 mai"),
        ("action visite le 23 à 9h30", "Action · Visite · jeu. 23 avril, 9 h 30"),
        ("action CACES avant le 15 mai", "Action · CACES · ven. 15 mai"),
        ("action envoyer le dossier 23/4", "Action · Envoyer le dossier · jeu. 23 avril"),
        ("action rdv à 14h", "Action · Rdv · aujourd’hui, 14 h"),
        ("action rappeler jeudi Mme Diop", "Action · Rappeler jeudi Mme Diop · jeu. 23 avril"),
        (
            "action relancer M. Roux dans 2 semaines",
            "Action · Relancer M. Roux · mar. 5 mai",
        ),
        (
            "action relire le compte rendu du 4 mai",
            "Action · Relire le compte rendu du 4 mai · sans date",
        ),
        (
            "action préparer l’entretien du 23 avril lundi",
            "Action · Préparer l’entretien du 23 avril · lun. 27 avril",
        ),
        ("action appeler le 3 rue Achard", "Action · Appeler le 3 rue Achard · sans date"),
        (
            "/e 30 min au bureau veut confirmer son métier",
            "Entretien · aujourd’hui · 30 min · au bureau",
        ),
        (
            "entretien hier 45 min au CCAS de Talence : parle de ses enfants",
            "Entretien · hier · 45 min · au CCAS de Talence",
        ),
        (
            "entretien mar. 14 avril 1h30 en visio\nlong texte",
            "Entretien · mar. 14 avril · 1 h 30 · en visio",
        ),
        ("entretien jeudi 14h", "Entretien à venir · jeu. 23 avril, 14 h"),
        ("entretien lundi : elle hésite", "Entretien · hier"),
        (
            "absence lundi matin garde d’enfants",
            "Absence excusée · hier, matin · garde d’enfants",
        ),
        ("absent lundi sans nouvelles", "Absence · hier, journée"),
        (
            "absente hier, malade, a prévenu par SMS",
            "Absence excusée · hier, journée · santé",
        ),
        (
            "/absence 20/4 après-midi préfecture",
            "Absence excusée · hier, après-midi · démarche administrative",
        ),
        ("absence", "Absence · aujourd’hui, journée"),
    ],
)
def test_what_is_typed_is_understood_and_shown_before_enter(typed: str, line: str) -> None:
    assert shown(typed) == line


@pytest.mark.parametrize(
    "typed", ["absence de transport", "absence d’argent pour le bus", "absence de la garde prévue"]
)
def test_a_lack_of_something_is_a_note_not_an_absence(typed: str) -> None:
    entry = read_entry(typed, TODAY)
    assert (entry.kind, entry.text) == (EntryKind.NOTE, typed)


def test_an_absence_of_some_day_stays_an_absence() -> None:
    assert read_entry("absence du 20/4", TODAY).on == date(2026, 4, 20)
    assert read_entry("absence de lundi matin", TODAY).kind is EntryKind.ABSENCE


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("action appeler l’EHPAD le 31/02", "31/02"),
        ("action appeler l’EHPAD le 30 février", "30 février"),
        ("action 31 juin relancer", "31 juin"),
        ("entretien 29/02/2026 au bureau", "29/02/2026"),
        ("absence 31/4", "31/4"),
        ("action bilan le 31-02-26", "31-02-26"),
        ("action bilan 31.02.26", "31.02.26"),
        ("action bilan le 31/02/26", "31/02/26"),
        ("action bilan le 31-11", "31-11"),
        ("action bilan 2026-02-30", "2026-02-30"),
        ("action bilan le 31 nov.", "31 nov."),
        ("absence du 30/11 au 31/11", "31/11"),
        ("entretien 31-09-26 au bureau", "31-09-26"),
    ],
)
def test_a_day_that_does_not_exist_is_told(typed: str, day: str) -> None:
    assert read_entry(typed, TODAY).problem == f"Le {day} n’existe pas : corrigez la date."


@pytest.mark.parametrize(
    "typed",
    [
        "action appeler le 29/02/2028",
        "action appeler le 31 mai",
        "action relire la page 30/12",
        "entretien hier : elle dit « le 31/02 »",
        "note le 31/02",
        "action rappeler le 06.39.98.31.02",
        "action rappeler le 31-02-26-33-44",
        "action appeler l’atelier 31-02",
    ],
)
def test_a_day_that_exists_or_is_only_quoted_is_not_told(typed: str) -> None:
    assert read_entry(typed, TODAY).problem == ""


def test_the_chip_chosen_wins_over_the_first_word() -> None:
    assert shown("action de groupe réussie", EntryKind.NOTE) == "Note · aujourd’hui"
    assert shown("relire le CV demain", EntryKind.ACTION).startswith("Action · Relire le CV")


def test_the_word_of_the_chip_chosen_may_be_said_again() -> None:
    entry = read_entry("Entretien lundi 10h : dit oui", TODAY, kind=EntryKind.INTERVIEW)
    assert (entry.on, entry.minute, entry.text) == (date(2026, 4, 20), 10 * 60, "dit oui")


def test_a_slash_wins_over_the_chip() -> None:
    assert read_entry("/absence hier", TODAY, kind=EntryKind.ACTION).kind is EntryKind.ABSENCE


@pytest.mark.parametrize("typed", ["", "   ", "\n", "/note ", "note"])
def test_an_empty_note_cannot_be_saved(typed: str) -> None:
    assert read_entry(typed, TODAY).problem


def test_an_action_needs_words() -> None:
    assert read_entry("action jeudi 14h", TODAY).problem == (
        "Dites en quelques mots ce qu’il faut faire."
    )


def test_each_kind_becomes_its_command() -> None:
    def command(typed: str) -> object:
        return command_of(read_entry(typed, TODAY, KNOWN), WHO, TODAY)

    assert command("Va mieux.") == NewNote(WHO, TODAY, "Va mieux.")
    assert command("action appeler Pôle Santé jeudi 9h\nd’abord sa fiche") == NewAction(
        WHO, TODAY, "Appeler Pôle Santé", date(2026, 4, 23), 9 * 60, "d’abord sa fiche"
    )
    assert command("entretien 30 min au bureau : dit oui") == NewInterview(
        WHO, TODAY, TODAY, minutes=30, place="au bureau", text="dit oui"
    )
    assert command("absence hier matin, grippe") == NewAbsence(
        WHO, date(2026, 4, 20), Half.MORNING, True, "sante", "grippe"
    )


@given(st.text(max_size=400), st.sampled_from([None, *EntryKind]))
def test_nothing_typed_ever_fails(typed: str, kind: EntryKind | None) -> None:
    entry = read_entry(typed, TODAY, KNOWN, kind)
    assert preview(entry, TODAY)
    if not entry.problem:
        command_of(entry, WHO, TODAY)


@given(st.text(min_size=1, max_size=400).filter(lambda text: text.strip()))
def test_a_note_chosen_as_such_keeps_every_word(typed: str) -> None:
    entry = read_entry(typed, TODAY, KNOWN, EntryKind.NOTE)
    if not typed.lstrip().startswith("/") and entry.on == TODAY:
        assert entry.text == typed.strip()


@given(st.dates(TODAY, TODAY + timedelta(days=300)), st.integers(0, 23))
def test_any_coming_day_may_be_typed_after_an_action(day: date, hour: int) -> None:
    entry = read_entry(f"action relire le CV {day.day}/{day.month} à {hour}h", TODAY)
    assert (entry.text, entry.on, entry.minute) == ("Relire le CV", day, hour * 60)


def test_a_very_long_text_is_read_at_once() -> None:
    text = "mot " * 30_000 + "jeudi"
    for kind in EntryKind:
        assert read_entry(text, TODAY, KNOWN, kind).text


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        (
            "Entretien d’embauche jeudi à 10 h",
            "Action · Entretien d’embauche · jeu. 26 novembre, 10 h",
            "Entretien d’embauche",
        ),
        (
            "entretien d’embauche chez Lulu lundi 9h",
            "Action · Entretien d’embauche chez Lulu · lun. 30 novembre, 9 h",
            "Entretien d’embauche chez Lulu",
        ),
        ("Entretien d’embauche raté hier", "Note · aujourd’hui", "Entretien d’embauche raté hier"),
        (
            "Entretien d’embauche raté lundi",
            "Note · aujourd’hui",
            "Entretien d’embauche raté lundi",
        ),
        (
            "Entretien de recrutement lundi : pas retenu",
            "Note · aujourd’hui",
            "Entretien de recrutement lundi : pas retenu",
        ),
        ("entretien du 23/11 : dit oui", "Entretien · lun. 23 novembre", "dit oui"),
        (
            "entretien jeudi à 10 h avec Mme Diop",
            "Entretien à venir · jeu. 26 novembre, 10 h",
            "avec Mme Diop",
        ),
        ("Action Logement a refusé", "Note · aujourd’hui", "Action Logement a refusé"),
        ("action logement : relancer", "Action · Logement : relancer · sans date", None),
        ("action de formation refusée", "Note · aujourd’hui", "action de formation refusée"),
        ("note avant changement", "Note · aujourd’hui", "note avant changement"),
        ("note : va mieux", "Note · aujourd’hui", "va mieux"),
    ],
)
def test_a_first_word_that_is_not_a_kind_stays_a_word(
    typed: str, told: str, kept: str | None
) -> None:
    assert line(typed) == told
    assert kept is None or read(typed).text == kept


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("Entretien ce matin 45 min", "Entretien · aujourd’hui · 45 min", "ce matin"),
        (
            "entretien ce matin 45 min au bureau : va bien",
            "Entretien · aujourd’hui · 45 min · au bureau",
            "ce matin\nva bien",
        ),
        ("entretien hier soir 1h", "Entretien · hier · 1 h", "hier soir"),
        (
            "Entretien cet après-midi 30 min par téléphone",
            "Entretien · aujourd’hui · 30 min · par téléphone",
            "cet après-midi",
        ),
    ],
)
def test_the_time_of_the_day_hides_neither_how_long_nor_where(
    typed: str, told: str, kept: str
) -> None:
    assert shown(typed) == told
    assert read_entry(typed, TODAY).text == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("appeler la crèche vendredi", "Action · Appeler la crèche · ven. 24 avril"),
        ("Rappeler Mme Diop demain 14h", "Action · Rappeler Mme Diop · mer. 22 avril, 14 h"),
        ("préparer le CV dans 2 semaines", "Action · Préparer le CV · mar. 5 mai"),
        ("appeler la crèche", "Note · aujourd’hui"),
        ("Appeler hier n’a rien donné", "Note · aujourd’hui"),
        ("Appelée vendredi", "Note · aujourd’hui"),
        ("faire : rien vendredi", "Note · aujourd’hui"),
        ("Prendre le bus aujourd’hui", "Note · aujourd’hui"),
    ],
)
def test_what_is_to_be_done_on_a_day_to_come_is_an_action(typed: str, told: str) -> None:
    assert shown(typed) == told


def test_the_chip_of_a_note_keeps_as_a_note_what_sounds_like_an_action() -> None:
    assert shown("appeler la crèche vendredi", EntryKind.NOTE) == "Note · aujourd’hui"
