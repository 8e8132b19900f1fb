"""What a column can hold: SQLite keeps a text of any length, PostgreSQL would refuse it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from connexion_desktop.domain.errors import UserError

from .models import Row

_WORDS = {
    "accessories": "Accessoires",
    "activity": "Activité",
    "address": "Adresse",
    "address_extra": "Complément d’adresse",
    "aided_contract_number": "Numéro du contrat aidé",
    "ape": "Code APE",
    "birth_city": "Ville de naissance",
    "birth_name": "Nom de naissance",
    "birth_place": "Département ou pays de naissance",
    "channel_detail": "Précision du canal",
    "city": "Ville",
    "collective_agreement": "Convention collective",
    "condition": "État",
    "country": "Pays",
    "detail": "Précision",
    "elsewhere_body": "Par quel organisme",
    "email": "Courriel",
    "employer": "Employeur",
    "family_name": "Nom",
    "function": "Fonction",
    "given_name": "Prénom",
    "host_signatory": "Signataire",
    "host_signatory_function": "Fonction du signataire",
    "jobseeker_number": "Identifiant France Travail",
    "label": "Libellé",
    "legal_form": "Forme juridique",
    "model": "Modèle",
    "name": "Nom",
    "native_name": "Nom dans son écriture",
    "number": "Numéro",
    "other_label": "Filière hors catalogue",
    "other_phone": "Autre téléphone",
    "permit_number": "Numéro du titre",
    "permit_title": "Intitulé du titre",
    "phone": "Téléphone",
    "place": "Lieu",
    "postal_code": "Code postal",
    "reason": "Raison",
    "relation": "Lien avec la personne",
    "representative": "Représenté par",
    "representative_function": "Fonction du représentant",
    "serial": "Numéro de série",
    "signatory_function": "Fonction du signataire",
    "signatory_name": "Signataire",
    "siret": "SIRET",
    "situation_detail": "Précision de la situation",
    "state_reason": "Raison",
    "title": "Titre",
    "trade": "Métier",
    "tutor_email": "Courriel du tuteur",
    "tutor_function": "Fonction du tuteur",
    "tutor_name": "Tuteur",
    "tutor_phone": "Téléphone du tuteur",
}


def refuse_too_long(session: Session) -> None:
    """Raise UserError naming the first text, made or changed, that its column could not hold."""
    for row in session.new:
        if isinstance(row, Row):
            _refuse(row, _limits(type(row)))
    for row in session.dirty:
        if isinstance(row, Row):
            _refuse(row, _changed(row))


def _changed(row: Row) -> Iterator[str]:
    attributes = sa.inspect(row).attrs
    for name in _limits(type(row)):
        if attributes[name].history.added:
            yield name


def _refuse(row: Row, names: Iterable[str]) -> None:
    limits = _limits(type(row))
    values = row.__dict__
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and len(value) > limits[name]:
            raise UserError(
                f"« {_WORDS.get(name, 'Ce texte')} » est trop long : {limits[name]} signes au plus,"
                f" il y en a {len(value)}.",
                "Ce qui était noté avant est gardé.",
                "Raccourcissez-le.",
            )


@cache
def _limits(model: type[Row]) -> dict[str, int]:
    """The greatest length of each text of a table that has one."""
    return {
        column.name: column.type.length
        for column in model.__table__.columns
        if isinstance(column.type, sa.String) and column.type.length
    }
