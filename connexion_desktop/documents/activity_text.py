"""The papers around an activity turned into sections: an agreement to sign, the way to a place."""

from __future__ import annotations

from connexion_desktop.documents.content import (
    DOTS,
    Choice,
    Field,
    Grid,
    Note,
    Option,
    Paper,
    Prose,
    Section,
    SignatureBlock,
    Signatures,
    Steps,
    cleaned,
)
from connexion_desktop.documents.convention_parties import joined, letterhead, named
from connexion_desktop.domain.activities import ConsentKind
from connexion_desktop.domain.activity_papers import ConsentPaper, RoadMap
from connexion_desktop.domain.convention_paper import Address
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.phones import tidy_phone
from connexion_desktop.domain.typography import capitalised, typeset

_LAWS = {
    ConsentKind.IMAGE: "Article 9 du Code civil ; règlement (UE) 2016/679, articles 6 et 7",
    ConsentKind.SPORT: "Déclaration de la personne, sans renseignement médical",
}
_TITLES = {
    ConsentKind.IMAGE: "Autorisation d’utiliser l’image et la voix",
    ConsentKind.SPORT: "Déclaration avant la pratique du sport",
}
_RIGHTS = (
    "La personne peut refuser, ou retirer son accord à tout moment, sans avoir à dire pourquoi et "
    "sans que cela change quoi que ce soit à son parcours.",
    "L’accord retiré, l’association ne diffuse plus les enregistrements et les retire des supports "
    "qu’elle tient elle-même.",
    "Aucun enregistrement n’est vendu, ni donné à un tiers pour un autre usage que ceux cochés.",
)
_USES = (
    "le podcast vidéo du groupe",
    "le micro-trottoir",
    "le site et les réseaux de l’association",
    "les documents remis aux financeurs",
)
_SPORT = (
    "ne pas connaître de raison qui lui interdise l’activité physique proposée ;",
    "demander l’avis d’un médecin en cas de doute, avant de participer ;",
    "s’arrêter et le dire à qui anime, si quelque chose ne va pas.",
)
_CALL = (Field("Nom", "", 6), Field("Téléphone", "", 6))
_MEET = (Field("Rendez-vous commun", "", 8), Field("à", "", 4))
_UNKNOWN = typeset("Aucune donnée de santé n’est demandée, ni gardée.")


def consent_text(paper: ConsentPaper) -> Paper:
    """Everything the agreement says, cleaned, section by section."""
    paper = cleaned(paper)
    body = _image(paper) if paper.kind is ConsentKind.IMAGE else _sport()
    return Paper(
        title=_TITLES[paper.kind],
        subtitle=typeset(_LAWS[paper.kind]),
        issuer=paper.issuer.name,
        letterhead=letterhead(paper.issuer),
        number=paper.number,
        reference=paper.number,
        edition=paper.kind.label,
        stamp="",
        code="",
        subject=joined(paper.name, paper.kind.label),
        issued_on=paper.made_on,
        sections=(_who(paper), *body, _signatures(paper)),
    )


def _who(paper: ConsentPaper) -> Section:
    rows = [(Field("Nom et prénom", paper.name, 7, strong=True), Field("Groupe", paper.group, 5))]
    if paper.is_minor:
        representative = paper.representative
        rows.append(
            (
                Field("Représentant légal du mineur", representative.name, 7),
                Field("Téléphone", tidy_phone(representative.phone), 5),
            )
        )
    return Section("La personne", (Grid(tuple(rows)),))


def _image(paper: ConsentPaper) -> tuple[Section, ...]:
    lead = typeset(
        f"La personne autorise {paper.issuer.name} à enregistrer son image et sa voix pendant les "
        "activités du groupe, et à les utiliser gratuitement, pour ce qui est coché :"
    )
    uses = Choice("", tuple(Option(capitalised(use)) for use in _USES), stacked=True)
    until = Field("Jusqu’au (un an si rien n’est écrit)", "", 6)
    back = (Field("Accord retiré le", "", 6), Field("Signature", "", 6))
    return (
        Section("L’accord", (Prose("", lead), Grid(((uses,), (until,))))),
        Section("Ses droits", (Steps(tuple(map(typeset, _RIGHTS))),)),
        Section("Retrait, s’il est demandé", (Grid((back,)),)),
    )


def _sport() -> tuple[Section, ...]:
    return (
        Section(
            "La déclaration",
            (
                Prose("", typeset("La personne déclare :")),
                Steps(tuple(map(typeset, _SPORT))),
                Note(_UNKNOWN),
            ),
        ),
        Section("À prévenir en cas d’accident", (Grid((_CALL,)),)),
    )


def _signatures(paper: ConsentPaper) -> Section:
    issuer = joined(paper.issuer.name, named(paper.signatory))
    blocks = [SignatureBlock("La personne", paper.name, "Date et signature")]
    if paper.is_minor:
        title = "Le représentant légal du mineur"
        blocks.append(SignatureBlock(title, paper.representative.name, "Date et signature"))
    blocks.append(SignatureBlock("L’association", issuer, "Date, signature et cachet"))
    place = paper.issuer.address.city or DOTS
    made = f"Fait à {place}, le {long_day(paper.made_on)}, en {len(paper.copies)} exemplaires."
    return Section("Signatures", (Signatures(typeset(made), tuple(blocks)),))


def road_map_text(paper: RoadMap) -> Paper:
    """Everything the road map says, cleaned, section by section."""
    paper = cleaned(paper)
    where = (
        (Field("Lieu", joined(paper.place, paper.host), 6, strong=True),
         Field("Adresse", _told(paper.address), 6)),
    )  # fmt: skip
    when = (
        (
            Field("Jour", capitalised(paper.day), 6, strong=True),
            Field("Heures", paper.hours, 6, strong=True),
        ),
    )
    who = (
        (Field("Avec", paper.leader, 6), Field("En cas de retard, appeler", paper.phone, 6)),
    )  # fmt: skip
    return Paper(
        title="Feuille de route",
        subtitle=paper.title,
        issuer=paper.issuer.name,
        letterhead=letterhead(paper.issuer),
        number=paper.title,
        reference=capitalised(paper.day),
        edition=paper.hours,
        stamp="",
        code="",
        subject=joined(paper.title, paper.day),
        issued_on=None,
        sections=(
            Section("Quand", (Grid(when),)),
            Section("Où", (Grid(where),)),
            Section(
                "Comment venir",
                (
                    Prose("Depuis l’association (tram, bus, arrêt, à pied)", lines=4),
                    Grid((_MEET,)),
                ),
            ),
            Section("Qui appeler", (Grid(who),)),
            Section(
                "À savoir", (Prose("À prendre avec soi, tenue, repas", paper.detail, lines=3),)
            ),
        ),
    )


def _told(address: Address) -> str:
    town = " ".join(part for part in (address.postal_code, address.city) if part)
    return joined(address.street, address.extra, town)
