"""One field to write: what a conseiller types, and what is understood of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.entry import Entry, EntryKind, Known, command_of
from connexion_desktop.domain.entry_preview import preview
from connexion_desktop.domain.person_commands import (
    Half,
    NewAbsence,
    NewAction,
    NewInterview,
    NewNote,
)
from connexion_desktop.domain.person_file import Reason
from connexion_desktop.domain.quick_entry import read_entry

TODAY = date(2026, 4, 21)  # a Tuesday
WHO = UUID(int=7)
REASONS = (
    Reason("sante", "Santé"),
    Reason("administratif", "Démarche administrative"),
    Reason("garde", "Garde d’enfants"),
    Reason("transport", "Transport"),
    Reason("emploi", "Emploi ou immersion"),
    Reason("autre", "Autre"),
)
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
        ("absent lundi sans nouvelles", "Absence non excusée · hier, journée"),
        (
            "absente hier, malade, a prévenu par SMS",
            "Absence excusée · hier, journée · santé",
        ),
        (
            "/absence 20/4 après-midi préfecture",
            "Absence excusée · hier, après-midi · démarche administrative",
        ),
        ("absence", "Absence non excusée · aujourd’hui, journée"),
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


WEDNESDAY = date(2026, 11, 25)
MONDAYS_AND_TUESDAYS = frozenset(
    date(2026, 10, 5) + timedelta(weeks=week, days=day) for week in range(12) for day in (0, 1)
)
FOLLOWED = Known(REASONS, MONDAYS_AND_TUESDAYS)


def read(typed: str, kind: EntryKind | None = None) -> Entry:
    return read_entry(typed, WEDNESDAY, FOLLOWED, kind)


def line(typed: str, kind: EntryKind | None = None) -> str:
    return " · ".join(preview(read(typed, kind), WEDNESDAY))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("23/11 au bureau", "Entretien · lun. 23 novembre · au bureau"),
        ("lundi 23/11 au bureau", "Entretien · lun. 23 novembre · au bureau"),
        ("lundi 23 au bureau", "Entretien · lun. 23 novembre · au bureau"),
        ("le 23-11-26 au bureau", "Entretien · lun. 23 novembre · au bureau"),
        ("tel avec Léo hier 20 min", "Entretien · hier · 20 min"),
        ("lundi dernier bureau", "Entretien · lun. 23 novembre"),
        ("vu lundi", "Entretien · lun. 23 novembre"),
        ("vu le 23 novembre…", "Entretien · lun. 23 novembre"),
        ("vu le 23 novembre, il cherche un stage", "Entretien · lun. 23 novembre"),
        ("vu ce matin, absent lundi", "Entretien · aujourd’hui"),
        ("vu lundi 23/11 après son rdv de mardi", "Entretien · lun. 23 novembre"),
        ("parle de son absence du 16/11", "Entretien · aujourd’hui"),
        ("fatigué depuis lundi", "Entretien · aujourd’hui"),
        ("son stage finit le 30/11", "Entretien · aujourd’hui"),
        ("entré en France le 3/9/2019", "Entretien · aujourd’hui"),
        ("va bien. Vu lundi par sa conseillère", "Entretien · aujourd’hui"),
        ("avec Léo demain 14h", "Entretien à venir · jeu. 26 novembre, 14 h"),
        ("vendredi 14h", "Entretien à venir · ven. 27 novembre, 14 h"),
        ("vendredi au bureau", "Entretien à venir · ven. 27 novembre · au bureau"),
        ("lundi au bureau", "Entretien · lun. 23 novembre · au bureau"),
        ("le 24 au bureau", "Entretien · hier · au bureau"),
        ("30/11 10h", "Entretien à venir · lun. 30 novembre, 10 h"),
        ("20/4 au bureau", "Entretien · lun. 20 avril · au bureau"),
        (
            "3/9/2024 au bureau",
            "Entretien · mar. 3 septembre 2024 · au bureau · à plus d’un an d’ici",
        ),
    ],
)
def test_the_day_of_a_talk_is_found_wherever_it_is_said(typed: str, told: str) -> None:
    assert line(typed, EntryKind.INTERVIEW) == told
    assert line(f"entretien {typed}") == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("du 23 au 24", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("du 23 au 24/11", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi et mardi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        (
            "depuis lundi après-midi",
            "Absence non excusée · lun. 23 novembre après-midi et hier journée",
        ),
        ("depuis lundi matin", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("toute la journée d’hier", "Absence non excusée · hier, journée"),
        ("Léo malade mardi matin jusqu’à midi", "Absence excusée · hier, matin · santé"),
        ("lundi 20 min de retard", "Absence non excusée · lun. 23 novembre, journée"),
        ("lundi mardi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi 23 mardi 24", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi/mardi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi ; mardi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi 23 et mardi 24", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("les 23 et 24", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("23 et 24 novembre", "Absence non excusée · lun. 23 novembre et hier, journée"),
        (
            "malade lundi et mardi",
            "Absence excusée · lun. 23 novembre et hier, journée · santé",
        ),
        (
            "lundi matin et mardi après-midi, garde d’enfants",
            "Absence excusée · lun. 23 novembre matin et hier après-midi · garde d’enfants",
        ),
        (
            "du 9 au 24",
            "Absence non excusée · du lun. 9 novembre au mar. 24 novembre (6 jours)",
        ),
        ("de lundi à mercredi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("23-24/11", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("lundi-mardi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        ("depuis lundi", "Absence non excusée · lun. 23 novembre et hier, journée"),
        (
            "jusqu’au 1/12, stage",
            "Absence non excusée · lun. 30 novembre et mar. 1er décembre, journée",
        ),
        ("malade lundi, a prévenu mardi", "Absence excusée · lun. 23 novembre, journée · santé"),
        (
            "lundi, 2 enfants malades",
            "Absence excusée · lun. 23 novembre, journée · santé",
        ),
        ("1/2 journée lundi", "Absence non excusée · lun. 23 novembre, journée"),
        (
            "malade",
            "Absence excusée · aujourd’hui, journée · santé · pas de séance aujourd’hui",
        ),
        (
            "du 25 au 27",
            "Absence non excusée · aujourd’hui, jeu. 26 novembre et ven. 27 novembre, journée"
            " · 3 jours sans séance",
        ),
    ],
)
def test_an_absence_is_of_all_its_days_and_says_where_no_one_was_expected(
    typed: str, told: str
) -> None:
    assert line(f"absence {typed}") == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("bilan lundi en huit", "Action · Bilan · lun. 7 décembre"),
        ("bilan lundi en quinze", "Action · Bilan · lun. 14 décembre"),
        ("bilan lundi", "Action · Bilan · lun. 30 novembre"),
        ("bilan 12-5-26", "Action · Bilan · mar. 12 mai · ce jour est déjà passé"),
        ("bilan 23/11", "Action · Bilan · lun. 23 novembre · ce jour est déjà passé"),
        ("bilan lundi 23/11", "Action · Bilan · lun. 23 novembre · ce jour est déjà passé"),
        ("bilan 12/5", "Action · Bilan · mer. 12 mai 2027"),
        ("bilan le 23", "Action · Bilan · mer. 23 décembre"),
        ("bilan vendredi avant midi", "Action · Bilan · ven. 27 novembre, 12 h"),
        ("rappeler dans 1h", "Action · Rappeler dans 1h · sans date"),
        (
            "rdv 7 décembre de 10h à 11h",
            "Action · Rdv 7 décembre de 10h à 11h · lun. 7 décembre",
        ),
        (
            "appeler entre lundi et mardi",
            "Action · Appeler entre lundi et mardi · mar. 1er décembre",
        ),
        (
            "stage du 1/12 au 5/12",
            "Action · Stage du 1/12 au 5/12 · sam. 5 décembre",
        ),
        ("bilan 3/2/2028", "Action · Bilan · jeu. 3 février 2028 · à plus d’un an d’ici"),
        ("rappeler le 06.12.34.56.78", "Action · Rappeler le 06.12.34.56.78 · sans date"),
        ("rappeler le 05-12-26-33-44", "Action · Rappeler le 05-12-26-33-44 · sans date"),
    ],
)
def test_an_action_is_for_the_next_such_day_or_says_that_it_is_gone(typed: str, told: str) -> None:
    assert line(f"action {typed}") == told


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("hier il est passé", "Note · hier", "hier il est passé"),
        ("lundi dernier il est venu", "Note · lun. 23 novembre", "lundi dernier il est venu"),
        ("avant hier il est passé", "Note · lun. 23 novembre", "avant hier il est passé"),
        ("23/11 passé au bureau", "Note · lun. 23 novembre", "23/11 passé au bureau"),
        ("lundi il commence", "Note · aujourd’hui", "lundi il commence"),
        ("12/12 : fin du contrat", "Note · aujourd’hui", "12/12 : fin du contrat"),
        ("23/11 : fin du contrat", "Note · lun. 23 novembre", "fin du contrat"),
        ("Il dit qu’hier il a plu", "Note · aujourd’hui", "Il dit qu’hier il a plu"),
    ],
)
def test_a_note_of_a_day_gone_by_is_dated_of_it_and_keeps_its_words(
    typed: str, told: str, kept: str
) -> None:
    assert line(typed) == told
    assert read(typed).text == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("entretien tel avec Léo hier 20 min", "tel avec Léo hier 20 min"),
        ("entretien lundi mardi 20 min", "mardi 20 min"),
        ("entretien vu le 23 novembre…", "vu le 23 novembre…"),
        ("absence malade lundi et mardi", "malade"),
        ("absence fils malade lundi et mardi, a prévenu", "fils malade lundi et mardi, a prévenu"),
    ],
)
def test_a_day_said_inside_a_sentence_stays_in_it(typed: str, kept: str) -> None:
    assert read(typed).text == kept


_WHEN = [
    *("lundi", "mardi", "hier", "demain", "23/11", "12-5-26", "le", "du", "au", "et", "à", "14h"),
    *("20min", "24", "matin", "en", ":", ",", "."),
]
_WORDS = [
    *("stage", "Léo", "bureau", "parle", "école", "bilan", "très", "vu", "Logement", "embauche"),
    *("dossier", "changement", "séances"),
]
_SENTENCES = st.lists(st.sampled_from([*_WHEN, *_WORDS]), max_size=14).map(" ".join)


@given(_SENTENCES, st.sampled_from(EntryKind))
def test_no_word_that_does_not_say_when_is_ever_lost(typed: str, kind: EntryKind) -> None:
    entry = read(typed, kind)
    kept = f"{entry.place} {entry.text}".lower().split()
    for word in _WORDS:
        assert [each.strip(",.:") for each in kept].count(word.lower()) == typed.split().count(word)


_SAID_DAYS: dict[str, Callable[[date], bool]] = {
    "lundi": lambda day: day.weekday() == 0,
    "mardi": lambda day: day.weekday() == 1,
    "vendredi": lambda day: day.weekday() == 4,
    "hier": lambda day: day == WEDNESDAY - timedelta(days=1),
    "avant-hier": lambda day: day == WEDNESDAY - timedelta(days=2),
    "demain": lambda day: day == WEDNESDAY + timedelta(days=1),
    "23/11": lambda day: (day.day, day.month) == (23, 11),
    "1/12": lambda day: (day.day, day.month) == (1, 12),
}
_BETWEEN = ["du", "au", "depuis", "jusqu’à"]
_TOLD = [*_WORDS, *_SAID_DAYS, "et", ",", "malade", "à", "14h", "3/4 du", "1/2 heure"]


@given(
    st.sampled_from(["", "note", "action", "entretien", "absence", "absente"]),
    st.lists(st.sampled_from([*_TOLD, *_BETWEEN]), max_size=10),
)
def test_a_day_that_is_read_is_a_day_that_was_said(first: str, words: list[str]) -> None:
    entry = read(" ".join((first, *words)))
    said = [_SAID_DAYS[word] for word in words if word in _SAID_DAYS]
    for day in [entry.on, *(on for on, _ in entry.also)]:
        named = day in (None, WEDNESDAY) or any(is_it(day) for is_it in said)
        assert named or (entry.also and set(words) & {*_BETWEEN})


@given(st.dates(WEDNESDAY - timedelta(days=180), WEDNESDAY))
def test_a_day_of_the_last_months_typed_for_a_talk_is_that_day(day: date) -> None:
    typed = f"vu le {day.day}/{day.month} au bureau"
    assert read(typed, EntryKind.INTERVIEW).on == day


@given(st.dates(WEDNESDAY - timedelta(days=40), WEDNESDAY + timedelta(days=20)), st.integers(1, 12))
def test_an_absence_from_a_day_to_another_is_of_every_day_expected(day: date, length: int) -> None:
    last = day + timedelta(days=length)
    entry = read(f"absence du {day.day}/{day.month} au {last.day}/{last.month}")
    expected = [
        each
        for step in range(length + 1)
        if (each := day + timedelta(days=step)) in MONDAYS_AND_TUESDAYS
    ]
    if expected:
        assert [entry.on, *(on for on, _ in entry.also)] == expected


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("action bilan le 23-11", "lun. 23 novembre · ce jour est déjà passé"),
        ("action bilan le 1-12", "mar. 1er décembre"),
        ("action bilan 2026-12-15", "mar. 15 décembre"),
        ("action bilan lundi 24/11", "sans date · le 24 novembre 2026 est un mardi"),
        ("action bilan lundi 25", "sans date · le 25 novembre 2026 est un mercredi"),
        ("action bilan le 31", "sans date · le 31 novembre n’existe pas"),
        (
            "action bilan le 15/13",
            "sans date · « 15/13 » : il n’y a pas de mois 13 (jour/mois)",
        ),
        ("action bilan cette semaine", "sans date · « cette semaine » ne dit pas quel jour"),
        ("action bilan en 12/2026", "sans date · « 12/2026 » ne dit pas quel jour"),
        ("action relire la page 12/20", "sans date"),
        ("entretien lundi 24/11 au bureau", "aujourd’hui · le 24 novembre 2026 est un mardi"),
        (
            "entretien semaine prochaine",
            "aujourd’hui · « semaine prochaine » ne dit pas quel jour",
        ),
        ("entretien elle commence la semaine prochaine", "aujourd’hui"),
    ],
)
def test_a_day_that_is_not_understood_is_never_silently_left_out(typed: str, told: str) -> None:
    assert line(typed).endswith(f"· {told}")
    assert bool(read(typed).doubt) is (" · " in told)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("cette semaine", "lun. 23 novembre et hier, journée"),
        ("toute la semaine, malade", "lun. 23 novembre et hier, journée · santé"),
        ("malade la semaine dernière", "lun. 16 novembre et mar. 17 novembre, journée · santé"),
        ("semaine prochaine", "lun. 30 novembre et mar. 1er décembre, journée"),
        ("la semaine du 9/11", "lun. 9 novembre et mar. 10 novembre, journée"),
        ("de la semaine", "lun. 23 novembre et hier, journée"),
        ("lundi cette semaine", "lun. 23 novembre, journée"),
        (
            "une fois cette semaine",
            "aujourd’hui, journée · « cette semaine » ne dit pas quel jour",
        ),
        ("3 jours", "aujourd’hui, journée · « 3 jours » ne dit pas quel jour"),
        ("hier et avant-hier", "lun. 23 novembre et hier, journée"),
        ("mardi et lundi", "lun. 23 novembre et hier, journée"),
        ("mardi, malade jusqu’à vendredi", "hier, journée · santé"),
        (
            "23/11, malade jusqu’au 1/12",
            "du lun. 23 novembre au mar. 1er décembre (4 jours) · santé",
        ),
        ("depuis lundi jusqu’à mardi", "lun. 23 novembre et hier, journée"),
        (
            "lundi de la semaine dernière",
            "lun. 23 novembre, journée · « de la semaine dernière » ne dit pas quel jour",
        ),
        (
            "mardi 2 enfants malades",
            "aujourd’hui, journée · santé · le 2 décembre 2026 est un mercredi",
        ),
    ],
)
def test_an_absence_of_a_week_is_of_its_days_that_matter(typed: str, told: str) -> None:
    entry = line(f"absence {typed}")
    assert entry.partition(" · ")[2] == told


@pytest.mark.parametrize(
    ("typed", "told", "kept"),
    [
        ("entretien 1/2 heure au bureau", "Entretien · aujourd’hui · 30 min · au bureau", ""),
        ("entretien 3/4 d’heure en visio", "Entretien · aujourd’hui · 45 min · en visio", ""),
        ("entretien d’une heure : ok", "Entretien · aujourd’hui · 1 h", "ok"),
        ("entretien 20’ au téléphone", "Entretien · aujourd’hui · 20 min · au téléphone", ""),
        ("entretien joignable 24/7", "Entretien · aujourd’hui", "joignable 24/7"),
        (
            "entretien hier de 14h à 15h30 au bureau",
            "Entretien · hier, 14 h · 1 h 30 · au bureau",
            "",
        ),
        ("entretien a relu 3/4 du dossier", "Entretien · aujourd’hui", "a relu 3/4 du dossier"),
        ("entretien a suivi 5/6 séances", "Entretien · aujourd’hui", "a suivi 5/6 séances"),
        ("1/2 heure de retard", "Note · aujourd’hui", "1/2 heure de retard"),
        ("action numéro 24/7", "Action · Numéro 24/7 · sans date", "Numéro 24/7"),
        ("action bilan le 24/7", "Action · Bilan · sam. 24 juillet 2027", "Bilan"),
        ("action bilan 3/4", "Action · Bilan · sam. 3 avril 2027", "Bilan"),
    ],
)
def test_a_fraction_is_no_day(typed: str, told: str, kept: str) -> None:
    assert (line(typed), read(typed).text) == (told, kept)


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


def test_absent_this_week_is_an_absence() -> None:
    assert read("absente cette semaine").kind is EntryKind.ABSENCE


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sampled_from(["cette", "toute la"]))
def test_a_week_has_all_the_days_when_the_person_is_expected(today: date, words: str) -> None:
    monday = today - timedelta(days=today.weekday())
    expected = frozenset({monday, monday + timedelta(days=3), monday + timedelta(days=8)})
    entry = read_entry(f"absence {words} semaine", today, Known(REASONS, expected))
    assert [entry.on, *(on for on, _ in entry.also)] == [monday, monday + timedelta(days=3)]


@given(
    st.integers(0, 45),
    st.integers(0, 15),
    st.sampled_from(["", "26", "27", "2026", "2027"]),
    st.sampled_from("/-."),
    st.sampled_from([EntryKind.ACTION, EntryKind.INTERVIEW, EntryKind.ABSENCE]),
)
def test_a_date_typed_in_digits_is_read_or_told(
    day: int, month: int, year: str, sign: str, kind: EntryKind
) -> None:
    if not year and sign == ".":
        return
    numbers = sign.join(filter(None, (str(day), str(month), year)))
    entry = read_entry(f"le {numbers}, bilan", WEDNESDAY, kind=kind)
    is_that_day = entry.on is not None and (entry.on.day, entry.on.month) == (day, month)
    assert is_that_day or entry.problem or entry.doubt
