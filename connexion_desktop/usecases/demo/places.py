"""The invented association: its team, its partners, the companies that receive, its computers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from connexion_desktop.data import models as m
from connexion_desktop.domain.names import fold_to_keep

from .days import CHRISTMAS
from .numbers import siret
from .rows import Book


@dataclass(frozen=True, slots=True)
class House:
    """What the people's stories refer to, by code."""

    sites: dict[str, UUID]
    staff: dict[str, UUID]
    families: dict[str, UUID]
    organisations: dict[str, UUID]
    contacts: dict[str, UUID]
    equipment: dict[str, UUID]
    delegation: UUID


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation; `contact` is (name, function) of the tutor or correspondent."""

    code: str
    name: str
    roles: tuple[str, ...]
    activity: str
    contact: tuple[str, str]
    signatory: tuple[str, str]
    address: str
    postal_code: str = "33300"
    city: str = "Bordeaux"
    legal_form: str = "SARL"
    ape: str | None = None
    agreement: str | None = None
    sunday: bool = False


_HOST = ("host",)

# fmt: off
PLACES = (
    Place("bassins", "Résidence des Bassins", _HOST, "Hébergement médicalisé pour personnes âgées",
          ("Hélène Castagnet", "Infirmière coordinatrice"), ("Marc Lestage", "Directeur"),
          "14 quai de la Garonne invisible", legal_form="Association loi 1901", ape="87.10A",
          agreement="Convention collective de l’hospitalisation privée à but non lucratif",
          sunday=True),
    Place("eclat", "Institut Éclat de Lune", _HOST, "Soins de beauté",
          ("Sonia Arramy", "Esthéticienne"), ("Claire Monségur", "Gérante"),
          "5 rue des Cygnes-Blancs", "33000", ape="96.02B",
          agreement="Convention collective de l’esthétique"),
    Place("chaux", "Pierre & Chaux Rénovation", _HOST, "Maçonnerie générale",
          ("Bruno Caudéran", "Chef d’équipe"), ("Paule Caudéran", "Gérante"),
          "Zone d’activité du Pin tordu, lot 7", "33130", "Bègles", ape="43.99C",
          agreement="Convention collective des ouvriers du bâtiment"),
    Place("girondine", "Gros Œuvre de l’Estuaire", _HOST, "Construction de bâtiments",
          ("Yann Floirac", "Chef de chantier"), ("Denis Arcachot", "Directeur de travaux"),
          "22 chemin des Grues", "33310", "Lormont", "SAS", "41.20B",
          "Convention collective des ouvriers du bâtiment"),
    Place("quais", "Livraisons des Quais", _HOST, "Messagerie et fret express",
          ("Rachid Ambès", "Responsable d’exploitation"), ("Laure Blanquefort", "Présidente"),
          "Entrepôt 4, rue du Fret imaginaire", "33520", "Bruges", "SAS", "52.29A",
          "Convention collective des transports routiers"),
    Place("mairie", "Maison des Services du Fleuve", _HOST, "Accueil du public",
          ("Inès Pessan", "Responsable de l’accueil"), ("Thomas Macau", "Directeur"),
          "1 place du Fleuve", "33000", legal_form="Association loi 1901", ape="84.11Z"),
    Place("entrepot", "Entrepôt du Lac bleu", _HOST, "Entreposage et stockage",
          ("Aline Cestas", "Cheffe d’équipe"), ("Jérôme Villenave", "Directeur de site"),
          "9 avenue du Lac bleu", "33520", "Bruges", "SAS", "52.10B",
          "Convention collective des transports routiers"),
    Place("jardins", "Les Jardins d’Aliénor", _HOST, "Services d’aménagement paysager",
          ("Paul Mérignac", "Chef d’équipe"), ("Odile Mérignac", "Gérante"),
          "Chemin des Serres", "33600", "Pessac", "SARL", "81.30Z",
          "Convention collective des entreprises du paysage"),
    Place("cantine", "La Grande Cantine", _HOST, "Restauration collective",
          ("Mireille Talais", "Cheffe de cuisine"), ("Hugo Lesparre", "Directeur"),
          "30 rue des Marmites", "33400", "Talence", "SCOP", "56.29A",
          "Convention collective de la restauration de collectivités"),
    Place("ateliers", "Menuiserie du Bassin bleu", _HOST, "Travaux de menuiserie bois",
          ("Ange Castaing", "Menuisier"), ("Ange Castaing", "Gérant"),
          "Cité bleue, atelier 12", legal_form="EURL", ape="43.32A",
          agreement="Convention collective des ouvriers du bâtiment"),
    Place("boutique", "Maison Tilleul", _HOST, "Commerce de détail d’habillement",
          ("Capucine Arsac", "Responsable de boutique"), ("Luc Arsac", "Gérant"),
          "18 rue des Tilleuls", "33000", ape="47.71Z"),
    Place("domicile", "Bien chez Soi Gironde", _HOST, "Aide à domicile",
          ("Nathalie Cubzac", "Responsable de secteur"), ("Alain Libourne", "Directeur"),
          "6 rue du Perron", "33400", "Talence", "Association loi 1901", "88.10A",
          "Convention collective de l’aide à domicile", True),
    Place("depannage", "Octet & Compagnie", _HOST, "Réparation d’ordinateurs",
          ("Malik Gradignan", "Technicien"), ("Jeanne Léognan", "Gérante"),
          "11 cours des Câbles", "33800", ape="95.11Z"),
    Place("proprete", "Net et Clair Services", _HOST, "Nettoyage courant des bâtiments",
          ("Sylvie Ambarès", "Cheffe d’équipe"), ("Olivier Bassens", "Directeur d’agence"),
          "2 impasse des Miroirs", "33150", "Cenon", "SAS", "81.21Z",
          "Convention collective des entreprises de propreté"),
    Place("energie", "Energie Prod", ("partner",), "Production audiovisuelle",
          ("Lucas Bonnefoy", "Réalisateur"), ("Lucas Bonnefoy", "Président"),
          "Hangar aux Images, quai imaginaire", legal_form="Association loi 1901"),
    Place("vision", "Vision mêlée", ("partner",), "Ateliers de cuisine",
          ("Samia Laroque", "Cuisinière"), ("Samia Laroque", "Présidente"),
          "3 passage des Épices", "33800", legal_form="Association loi 1901"),
    Place("catalyse", "On catalyse", ("partner",), "Sport et santé",
          ("Kévin Dubosc", "Éducateur sportif"), ("Maude Dubosc", "Présidente"),
          "Stade de l’Élan", "33000", legal_form="Association loi 1901"),
    Place("decalez", "Décalez !", ("partner",), "Théâtre d’improvisation",
          ("Fanny Orsini", "Comédienne"), ("Gilles Perrot", "Président"),
          "Théâtre du Décalage", "33000", legal_form="Association loi 1901"),
    Place("paniers", "Les Paniers du Cœur bordelais", ("orienting",), "Aide alimentaire",
          ("Josiane Ludon", "Bénévole"), ("Josiane Ludon", "Présidente"),
          "40 rue de la Halte", legal_form="Association loi 1901"),
    Place("campus", "Campus des Métiers de l’Aquitaine", ("training", "partner"),
          "Formation professionnelle", ("Éric Saucats", "Conseiller formation"),
          ("Anne Cadaujac", "Directrice"), "100 avenue des Apprentis", "33600", "Pessac",
          "Association loi 1901"),
)

COMPUTERS = (
    ("Lenovo ThinkPad L14", "PF3A0B1C", 42000, "chargeur, housse"),
    ("Lenovo ThinkPad L14", "PF3A0B1D", 42000, "chargeur"),
    ("HP ProBook 440 G8", "5CD1234XYZ", 38000, "chargeur, souris"),
    ("HP ProBook 440 G8", "5CD1234XZA", 38000, "chargeur"),
    ("Dell Latitude 5420", "7H2K9L3", 45000, "chargeur, housse, clé 4G"),
    ("Dell Latitude 5420", "7H2K9L4", 45000, "chargeur"),
    ("Dell Latitude 5420", "7H2K9L5", 45000, "sans chargeur"),
    ("Lenovo ThinkPad L14", "PF3A0B1E", 42000, "chargeur"),
    ("Lenovo ThinkPad L14", "PF3A0B1F", 42000, "chargeur, housse"),
    ("HP ProBook 440 G8", "5CD1234XZB", 38000, "chargeur"),
    ("HP ProBook 440 G8", "5CD1234XZC", 38000, "chargeur"),
    ("Dell Latitude 5420", "7H2K9L6", 45000, "chargeur, clé 4G"),
    ("Acer TravelMate P2", "NXVKA11", 29000, "chargeur"),
    ("Acer TravelMate P2", "NXVKA12", 29000, "chargeur"),
)

TEAM = (
    # code, given, family, function, role, site
    ("nadia", "Nadia", "Ferrand", "Conseillère référente", "conseiller", "bordeaux"),
    ("yves", "Yves", "Larrieu", "Conseiller référent", "conseiller", "talence"),
    ("awa", "Awa", "Sarr", "Conseillère référente", "conseiller", "pessac"),
    ("colette", "Colette", "Brunet", "Secrétaire", "secretariat", None),
    ("helene", "Hélène", "Garrigue", "Directrice", "direction", None),
)
# fmt: on

ASSOCIATION = "Connexion des possibles (démonstration)"
ADDRESSES = {
    "bordeaux": "8 cours de la Passerelle",
    "talence": "15 rue des Possibles",
    "pessac": "3 avenue du Détour",
}
REPAIRED = "PC-007"


def build(session: Session, book: Book) -> House:
    """Write what surrounds people; the sites and families are those of the reference lists."""
    _name_association(session, book)
    _close_at_christmas(book)
    sites = _sites(session)
    organisations, contacts = _organisations(book)
    return House(
        sites=sites,
        staff=_staff(book, sites),
        families=dict(session.execute(select(m.TradeFamily.code, m.TradeFamily.id)).tuples().all()),
        organisations=organisations,
        contacts=contacts,
        equipment=_equipment(book, sites),
        delegation=_delegation(book),
    )


def _close_at_christmas(book: Book) -> None:
    for year in range(book.today.year - 2, book.today.year + 2):
        first, last = (date(year, month, day) for month, day in CHRISTMAS)
        book.add(m.Closure, first_on=first, last_on=last, label="Fermeture de fin d’année")


def _name_association(session: Session, book: Book) -> None:
    session.execute(
        update(m.Association)
        .where(m.Association.id == book.association_id)
        .values(
            name=ASSOCIATION,
            siret=siret(0),
            address=ADDRESSES["bordeaux"],
            postal_code="33000",
            city="Bordeaux",
            phone="05 36 49 00 00",
            email="contact@example.org",
            signatory_name="Hélène Garrigue",
            signatory_function="Directrice",
        )
    )


def _sites(session: Session) -> dict[str, UUID]:
    for code, address in ADDRESSES.items():
        session.execute(update(m.Site).where(m.Site.code == code).values(address=address))
    return dict(session.execute(select(m.Site.code, m.Site.id)).tuples().all())


def _staff(book: Book, sites: dict[str, UUID]) -> dict[str, UUID]:
    staff = {}
    for rank, (code, given, family, function, role, site) in enumerate(TEAM):
        staff[code] = book.add(
            m.Staff,
            given_name=given,
            family_name=family,
            function=function,
            phone=f"05 36 49 01 {rank:02}",
            email=f"{code}@example.org",
            login=code,
        )
        book.add(
            m.StaffRole,
            staff_id=staff[code],
            role=role,
            site_id=sites[site] if site else None,
            starts_on=date(book.today.year - 2, 1, 8),
        )
    return staff


def _organisations(book: Book) -> tuple[dict[str, UUID], dict[str, UUID]]:
    organisations, contacts = {}, {}
    for rank, place in enumerate(PLACES, start=1):
        organisations[place.code] = organisation = book.add(
            m.Organisation,
            name=place.name,
            folded=fold_to_keep(place.name),
            siret=siret(rank),
            legal_form=place.legal_form,
            ape=place.ape,
            activity=place.activity,
            collective_agreement=place.agreement,
            address=place.address,
            postal_code=place.postal_code,
            city=place.city,
            country="France",
            phone=f"05 36 49 02 {rank:02}",
            email=f"{place.code}@example.org",
            signatory_name=place.signatory[0],
            signatory_function=place.signatory[1],
            insurance_attested_on=book.today - timedelta(days=90 + rank),
            sunday_practice=place.sunday,
        )
        for role in place.roles:
            book.add(m.OrganisationRole, organisation_id=organisation, role=role)
        contacts[place.code] = book.add(
            m.Contact,
            organisation_id=organisation,
            name=place.contact[0],
            function=place.contact[1],
            phone=f"06 39 98 02 {rank:02}",
            email=f"{place.code}.tuteur@example.org",
        )
    return organisations, contacts


def _equipment(book: Book, sites: dict[str, UUID]) -> dict[str, UUID]:
    equipment = {}
    for rank, (model, serial, cents, accessories) in enumerate(COMPUTERS, start=1):
        number = f"PC-{rank:03}"
        equipment[number] = book.add(
            m.Equipment,
            number=number,
            model=model,
            serial=serial,
            value_cents=cents,
            state="repair" if number == REPAIRED else "available",
            condition="Charnière cassée." if number == REPAIRED else "Bon état.",
            accessories=accessories,
            site_id=sites["bordeaux"],
            bought_on=date(book.today.year - 2, 2, 1),
        )
    book.add(
        m.EquipmentEvent,
        equipment_id=equipment[REPAIRED],
        on=book.today - timedelta(days=12),
        kind="repair",
        detail="Charnière cassée, déposé chez le réparateur.",
    )
    return equipment


def _delegation(book: Book) -> UUID:
    return book.add(
        m.Delegation,
        reference=f"PMSMP-NA-{book.today.year - 1}-033",
        body_name="France Travail Nouvelle-Aquitaine",
        body_address="1 terrasse de la Convention, 33000 Bordeaux",
        starts_on=date(book.today.year - 2, 1, 1),
        ends_on=book.today + timedelta(days=500),
    )
