"""The day of a talk, an action or a note, said in words or in digits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connexion_desktop.domain.entry import EntryKind
from connexion_desktop.domain.quick_entry import read_entry

from .reading import WEDNESDAY, line, read


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


@given(st.dates(WEDNESDAY - timedelta(days=180), WEDNESDAY))
def test_a_day_of_the_last_months_typed_for_a_talk_is_that_day(day: date) -> None:
    typed = f"vu le {day.day}/{day.month} au bureau"
    assert read(typed, EntryKind.INTERVIEW).on == day


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
