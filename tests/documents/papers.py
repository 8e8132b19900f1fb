"""Invented conventions for the tests: nobody in them exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from connexion_desktop.domain.convention_paper import (
    Accompaniment,
    Address,
    Beneficiary,
    Body,
    Contact,
    ConventionPaper,
    Delegation,
    Employer,
    Host,
    Period,
    Permit,
    Prescriber,
    Renewal,
)
from connexion_desktop.domain.identity import Civility, Nationality, Situation
from connexion_desktop.domain.imprecise import ImpreciseDate
from connexion_desktop.domain.placement import PlacementObject, PlacementState
from connexion_desktop.domain.timetable import Slot

MORNING = (9 * 60, 12 * 60 + 30)
AFTERNOON = (13 * 60 + 30, 17 * 60)


def weekday_slots(first: date, last: date) -> tuple[Slot, ...]:
    """Wednesday to Friday, seven hours a day."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return tuple(
        Slot(day, start, end)
        for day in days
        if day.weekday() in (2, 3, 4)
        for start, end in (MORNING, AFTERNOON)
    )


def issued_paper() -> ConventionPaper:
    """An adult, third-country national, accompanied by the prescriber itself; all is known."""
    return ConventionPaper(
        number="PMSMP-2026-0001",
        edition=1,
        state=PlacementState.TO_SIGN,
        issued_on=date(2026, 3, 2),
        issued_at="Bordeaux",
        prescriber=Prescriber(
            Body(
                "Connexion des possibles",
                "Association loi 1901",
                "73282932000074",
                Address("12 rue des Essais", "Bâtiment B", "33000", "Bordeaux"),
                "05 36 49 12 01",
                "contact@example.org",
            ),
            Delegation(
                "CONV-33-2026-017",
                "France Travail Nouvelle-Aquitaine",
                "87 rue Inventée, 33000 Bordeaux",
                date(2026, 1, 1),
                date(2026, 12, 31),
            ),
            Contact("Hélène Dumas-Œuvrard", "directrice"),
        ),
        beneficiary=Beneficiary(
            given_name="Thị Hương",
            birth_name="Nguyễn",
            used_name="Lefèvre",
            civility=Civility.MRS,
            birth_date=ImpreciseDate(date(1988, 5, 12)),
            birth_city="Huế",
            birth_place="Viêt Nam",
            nationality=Nationality.OTHER,
            permit=Permit("Carte de résident", "9903112233", date(2031, 6, 30)),
            rqth=True,
            address=Address("4 allée des Tilleuls", "Appartement 12", "33400", "Talence"),
            phone="06 39 98 12 34",
            email="huong@example.org",
            emergency=Contact("Marc Lefèvre", "conjoint", "06 39 98 56 78"),
            situation=Situation.FRANCE_TRAVAIL,
            jobseeker_number="1234567A",
        ),
        host=Host(
            Body(
                "Menuiserie du Port",
                "SARL",
                "55208131766522",
                Address("3 quai des Chartrons", "", "33300", "Bordeaux"),
                "05 36 49 77 10",
            ),
            ape="43.32A",
            activity="Travaux de menuiserie bois et PVC",
            collective_agreement="Ouvriers du bâtiment, moins de dix salariés (IDCC 1596)",
            tutor=Contact(
                "Олександр Шевченко", "chef d’atelier", "06 39 98 41 41", "atelier@example.org"
            ),
            signatory=Contact("Paul Martin", "gérant"),
            insurance_attested=True,
        ),
        accompaniment=Accompaniment(
            Contact("Sarah Ben Amor", "conseillère référente", "06 39 98 20 20", "s@example.org")
        ),
        period=Period(
            first_day=date(2026, 3, 11),
            last_day=date(2026, 3, 27),
            slots=weekday_slots(date(2026, 3, 11), date(2026, 3, 27)),
            purpose=PlacementObject.DISCOVER,
            trade="Menuisier d’agencement",
            tasks=(
                "Observer la prise de cotes sur chantier, débiter les panneaux sous la conduite "
                "du tuteur, poncer, assembler et poser les quincailleries simples.\n"
                "Participer au rangement et au tri des chutes."
            ),
            objectives=(
                "Vérifier que le rythme et les gestes du métier conviennent ; connaître les étapes "
                "d’une commande ; savoir lire un plan d’agencement simple."
            ),
            evaluation=(
                "Point à mi-parcours au téléphone avec le tuteur ; grille d’observation remplie "
                "par le tuteur et par la bénéficiaire ; bilan à trois le dernier jour."
            ),
            ppe="Chaussures de sécurité, lunettes et protections auditives, prêtées",
            prevention="Accueil sécurité le premier matin ; aucune machine en autonomie",
            observations="Pause de 20 minutes le matin",
        ),
    )


def minor_paper() -> ConventionPaper:
    """A minor, whose legal representative signs too."""
    paper = issued_paper()
    beneficiary = replace(
        paper.beneficiary,
        given_name="Inès",
        birth_name="Da Costa",
        used_name="",
        birth_date=ImpreciseDate(date(2009, 2, 1)),
        nationality=Nationality.FRENCH,
        permit=Permit(),
        rqth=False,
        situation=Situation.MISSION_LOCALE,
        registered_on=date(2025, 11, 3),
        is_minor=True,
        representative=Contact("Maria Da Costa", "mère", "06 39 98 33 33", "maria@example.org"),
    )
    return replace(paper, beneficiary=beneficiary)


def employee_paper() -> ConventionPaper:
    """An employee on a contrat aidé, accompanied by another body, for the second time."""
    paper = issued_paper()
    return replace(
        paper,
        beneficiary=replace(paper.beneficiary, situation=Situation.AIDED_CONTRACT),
        employer=Employer(
            Body(
                "Régie de quartier imaginaire",
                "Association",
                "41816609600069",
                Address("9 place du Marché", "", "33600", "Pessac"),
                "05 36 49 88 00",
            ),
            Contact("Jean Petit", "directeur"),
            aided_contract_number="033 26 00012",
        ),
        accompaniment=replace(
            paper.accompaniment,
            body=Body(
                "Mission d’accompagnement fictive",
                "Association",
                address=Address("1 cours de l’Essai", "", "33800", "Bordeaux"),
                phone="05 36 49 55 55",
            ),
        ),
        period=replace(
            paper.period,
            renewal=Renewal("PMSMP-2025-0142", "Absence du tuteur pendant la première semaine"),
            place="Chantier de la Cité Bleue, 33300 Bordeaux",
        ),
        edition=2,
    )


def paper_of_another_situation() -> ConventionPaper:
    """An adult in none of the situations that the form names."""
    paper = issued_paper()
    person = replace(
        paper.beneficiary, situation=Situation.OTHER, situation_detail="Service civique"
    )
    return replace(paper, beneficiary=person)


def blank_draft() -> ConventionPaper:
    """A draft of which nothing is known yet."""
    return ConventionPaper(
        number="BROUILLON-7F3A",
        prescriber=Prescriber(Body()),
        beneficiary=Beneficiary(address=Address(country="")),
        host=Host(Body(address=Address(country=""))),
        accompaniment=Accompaniment(),
        period=Period(),
    )
