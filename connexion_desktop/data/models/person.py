"""A person, in one table for each class of confidentiality."""

from datetime import date
from uuid import UUID

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Row, code, ref, unique_alive, words


class Person(Row):
    """Anyone met, before or after entry: identity and how to reach them."""

    __tablename__ = "person"
    __table_args__ = (unique_alive("person_number", "number"),)

    number: Mapped[str] = words(20, "Numéro")
    civility: Mapped[str | None] = code()
    given_name: Mapped[str] = words(120, "Prénom")
    family_name: Mapped[str | None] = words(120, "Nom")
    birth_name: Mapped[str | None] = words(120, "Nom de naissance")
    native_name: Mapped[str | None] = words(200, "Nom dans son écriture")
    birth_date: Mapped[date | None]
    birth_precision: Mapped[str] = code(default="day")
    birth_city: Mapped[str | None] = words(120, "Ville de naissance")
    birth_place: Mapped[str | None] = words(120, "Département ou pays de naissance")
    nationality: Mapped[str | None] = code()
    address: Mapped[str | None] = words(300, "Adresse")
    address_extra: Mapped[str | None] = words(200, "Complément d’adresse")
    postal_code: Mapped[str | None] = words(10, "Code postal")
    city: Mapped[str | None] = words(120, "Ville")
    country: Mapped[str | None] = words(80, "Pays")
    phone: Mapped[str | None] = words(30, "Téléphone")
    other_phone: Mapped[str | None] = words(30, "Autre téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    site_id: Mapped[UUID | None] = ref("site")
    referent_id: Mapped[UUID | None] = ref("staff")
    state: Mapped[str] = code(default="met")
    met_on: Mapped[date | None]
    met_precision: Mapped[str] = code(default="day")
    channel: Mapped[str | None] = code()
    channel_detail: Mapped[str | None] = words(200, "Précision du canal")
    public: Mapped[str | None] = code()
    public_reason: Mapped[str | None] = code()
    elsewhere: Mapped[str | None] = code()
    elsewhere_body: Mapped[str | None] = words(160, "Par quel organisme")
    french_oral: Mapped[str | None] = code()
    french_written: Mapped[str | None] = code()
    french_observed: Mapped[str | None] = code()


class PersonContact(Row):
    """Someone beside the person: to call in an emergency, or their legal representative."""

    __tablename__ = "person_contact"
    __table_args__ = (unique_alive("person_contact_kind", "person_id", "kind"),)

    person_id: Mapped[UUID] = ref("person")
    kind: Mapped[str] = code()
    name: Mapped[str] = words(160, "Nom")
    relation: Mapped[str | None] = words(80, "Lien avec la personne")
    phone: Mapped[str | None] = words(30, "Téléphone")
    email: Mapped[str | None] = words(200, "Courriel")
    address: Mapped[str | None] = words(300, "Adresse")


class PersonDisability(Row):
    """The boxes that a convention prints: RQTH, AAH, other recognition."""

    __tablename__ = "person_disability"
    __table_args__ = (unique_alive("person_disability_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    rqth: Mapped[str | None] = code()
    rqth_until: Mapped[date | None]
    aah: Mapped[bool] = mapped_column(default=False)
    other: Mapped[bool] = mapped_column(default=False)


class PersonHealth(Row):
    """Health, as its impact on work only."""

    __tablename__ = "person_health"
    __table_args__ = (unique_alive("person_health_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    work_impact: Mapped[str | None] = mapped_column(Text)


class PersonAllergy(Row):
    """Allergies, seen by the leader of the activity alone."""

    __tablename__ = "person_allergy"

    person_id: Mapped[UUID] = ref("person")
    text: Mapped[str] = mapped_column(Text)


class PersonResidence(Row):
    """Residence permit of a third-country national."""

    __tablename__ = "person_residence"
    __table_args__ = (unique_alive("person_residence_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    permit_title: Mapped[str | None] = words(160, "Intitulé du titre")
    permit_kind: Mapped[str | None] = code()
    permit_number: Mapped[str | None] = words(60, "Numéro du titre")
    expires_on: Mapped[date | None]


class PersonSituation(Row):
    """The situation before an immersion, as the convention prints it."""

    __tablename__ = "person_situation"
    __table_args__ = (unique_alive("person_situation_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    situation: Mapped[str | None] = code()
    situation_detail: Mapped[str | None] = words(200, "Précision de la situation")
    jobseeker_number: Mapped[str | None] = words(20, "Identifiant France Travail")
    registered_on: Mapped[date | None]


class PersonSocial(Row):
    """Social situation, at entry and since: for the conseiller alone, never on a paper."""

    __tablename__ = "person_social"
    __table_args__ = (unique_alive("person_social_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    workless_since: Mapped[date | None]
    workless_band: Mapped[str | None] = code()
    resources: Mapped[str | None] = code()
    training_level: Mapped[str | None] = code()
    single_parent: Mapped[bool | None]
    dependent_children: Mapped[int | None]
    stable_housing: Mapped[bool | None]
    priority_district: Mapped[bool | None]
    driving_licence: Mapped[bool | None]
    motility: Mapped[str | None] = words(200, "Mobilité")


class PersonEmployer(Row):
    """The employer of a person who is an employee, as the convention names it."""

    __tablename__ = "person_employer"
    __table_args__ = (unique_alive("person_employer_person", "person_id"),)

    person_id: Mapped[UUID] = ref("person")
    name: Mapped[str] = words(200, "Nom")
    legal_form: Mapped[str | None] = words(80, "Forme juridique")
    siret: Mapped[str | None] = words(14, "SIRET")
    address: Mapped[str | None] = words(300, "Adresse")
    postal_code: Mapped[str | None] = words(10, "Code postal")
    city: Mapped[str | None] = words(120, "Ville")
    phone: Mapped[str | None] = words(30, "Téléphone")
    representative: Mapped[str | None] = words(160, "Représenté par")
    representative_function: Mapped[str | None] = words(160, "Fonction du représentant")
    contract_kind: Mapped[str | None] = code()
    contract_suspended: Mapped[bool | None]
    aided_contract_number: Mapped[str | None] = words(40, "Numéro du contrat aidé")
    aided_contract_renewal: Mapped[str | None] = words(40, "Renouvellement du contrat aidé")
    aided_contract_amendment: Mapped[str | None] = words(40, "Avenant du contrat aidé")


class Consent(Row):
    """An agreement the person gave and may take back: image rights, sport declaration…"""

    __tablename__ = "consent"

    person_id: Mapped[UUID] = ref("person")
    kind: Mapped[str] = code()
    given_on: Mapped[date]
    revoked_on: Mapped[date | None]
    detail: Mapped[str | None] = mapped_column(Text)


class IntakeStep(Row):
    """A dated step on the way in: met, invited, presentation, diagnosis, waiting, refused.

    A contact made during an `Outreach` names it; an invitation names the réunion de présentation;
    the waiting list is the steps « waiting », for a site or for a group.
    """

    __tablename__ = "intake_step"

    person_id: Mapped[UUID] = ref("person")
    kind: Mapped[str] = code()
    on: Mapped[date]
    site_id: Mapped[UUID | None] = ref("site")
    place: Mapped[str | None] = words(200, "Lieu")
    outreach_id: Mapped[UUID | None] = ref("outreach")
    meeting_id: Mapped[UUID | None] = ref("meeting")
    cohort_id: Mapped[UUID | None] = ref("cohort")
    outcome: Mapped[str | None] = code()
    refusal_reason: Mapped[str | None] = code()
    detail: Mapped[str | None] = mapped_column(Text)


class Diagnosis(Row):
    """The entry conditions, on one signed page."""

    __tablename__ = "diagnosis"

    person_id: Mapped[UUID] = ref("person")
    on: Mapped[date]
    staff_id: Mapped[UUID | None] = ref("staff")
    motivation: Mapped[str | None] = mapped_column(Text)
    motivation_kind: Mapped[str | None] = code()
    collective: Mapped[str | None] = code()
    french: Mapped[str | None] = code()
    work_distance: Mapped[str | None] = code()
    elsewhere: Mapped[str | None] = code()
    elsewhere_contact_on: Mapped[date | None]
    decision: Mapped[str | None] = code()
    decided_on: Mapped[date | None]
    signed_on: Mapped[date | None]


class Outreach(Row):
    """An action d'aller-vers: place, date, partner, anonymous count of people met."""

    __tablename__ = "outreach"

    on: Mapped[date]
    channel: Mapped[str | None] = code()
    place: Mapped[str] = words(200, "Lieu")
    site_id: Mapped[UUID | None] = ref("site")
    partner_id: Mapped[UUID | None] = ref("organisation")
    staff_id: Mapped[UUID | None] = ref("staff")
    met_count: Mapped[int] = mapped_column(default=0)
    minutes: Mapped[int | None]
    detail: Mapped[str | None] = mapped_column(Text)


class DataFlag(Row):
    """A doubtful value left out by an import, kept as typed until somebody mends it."""

    __tablename__ = "data_flag"

    batch_id: Mapped[UUID | None] = ref("import_batch")
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[UUID] = mapped_column(index=True)
    field: Mapped[str] = mapped_column(String(60))
    typed: Mapped[str] = mapped_column(String(400))
    problem: Mapped[str] = mapped_column(String(400))
    sheet: Mapped[str | None] = mapped_column(String(120))
    cell: Mapped[str | None] = mapped_column(String(20))
    mended_on: Mapped[date | None]
