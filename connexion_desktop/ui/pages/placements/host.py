"""La structure d'accueil: found by three letters, mended in place; its tutor, its signatory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.conflicts import Seen
from connexion_desktop.domain.placement_file import (
    ChooseHost,
    ChooseTutor,
    HostChoice,
    NewHost,
    PlacementForm,
    TutorChoice,
)
from connexion_desktop.domain.placement_rules import Finding
from connexion_desktop.domain.siret import LENGTH_OF_SIRET, bare_siret, format_siret, siret_problem
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.kit import Folded, Section
from connexion_desktop.ui.widgets.chip import Chip
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import label
from connexion_desktop.ui.widgets.panel import separator
from connexion_desktop.ui.widgets.pick import Offer, PickLine
from connexion_desktop.ui.widgets.tips import put_tip


class HostSection(Section):
    """See the module. Its fields are those of `Fields`; choosing is one act of its own."""

    def __init__(self, desk: Desk, fields: Fields) -> None:
        super().__init__("Structure d’accueil")
        self._desk = desk
        self._fields = fields
        self._form: PlacementForm | None = None
        self.pick = PickLine("Trois lettres : nom, ville ou SIRET", least=2)
        self.pick.setAccessibleName("Structure d’accueil")
        self.pick.wanted.connect(self._search)
        self.pick.picked.connect(self._choose)
        self.pick.picked.connect(lambda _value: self._say(""))
        self.pick.given_back.connect(lambda: self._say(""))
        self._unknown = ""
        self._wrong: Sequence[Finding] = ()
        self.book = Folded("Modifier la fiche")
        self.add(self.pick)
        self.add(self.book)
        self.add(self._people(fields))
        self.add(fields.check("insurance_attested", "Assurance attestée par la structure"))

    def add_book(self, fields: Fields) -> None:
        """Make the fields of the host itself."""
        self.book.fill(self._book(fields))
        fields.join_towns("host.postal_code", "host.city")

    def _book(self, fields: Fields) -> QWidget:
        return Columns(
            fields.line("host.siret", "SIRET", "14 chiffres"),
            fields.line("host.name", "Nom"),
            fields.line("host.legal_form", "Forme juridique"),
            fields.line("host.ape", "Code APE"),
            (fields.line("host.activity", "Activité principale"), 2),
            (fields.line("host.collective_agreement", "Convention collective"), 2),
            (fields.line("host.address", "Adresse"), 2),
            fields.line("host.postal_code", "Code postal"),
            fields.line("host.city", "Ville"),
            fields.line("host.phone", "Téléphone"),
            fields.line("host.email", "Courriel"),
            (
                fields.check("host.sunday_practice", "Travaille habituellement le dimanche"),
                2,
            ),
            (
                fields.check("host.night_practice", "Travaille habituellement la nuit"),
                2,
            ),
        )

    def _people(self, fields: Fields) -> QWidget:
        self._contacts = flow()
        self._contacts.hide()
        self._contact_chips: list[Chip] = []
        return Columns(
            (separator(), 2),
            (label("Tuteur", "strong"), 2),
            (self._contacts, 2),
            fields.line("tutor_name", "Nom", of="du tuteur"),
            fields.line("tutor_function", "Fonction", of="du tuteur"),
            fields.line("tutor_phone", "Téléphone", of="du tuteur"),
            fields.line("tutor_email", "Courriel", of="du tuteur"),
            (label("Signataire de la convention", "strong"), 2),
            fields.line("host_signatory", "Nom", of="du signataire"),
            fields.line("host_signatory_function", "Fonction", of="du signataire"),
        )

    def show_form(self, form: PlacementForm) -> None:
        """Show the host of a form."""
        other = self._form is None or self._form.id != form.id
        host_changed = other or _id(self._form) != _id(form)
        self._form = form
        if other:
            self.pick.give_back()
        self.pick.show_value(form.host.name if form.host else "")
        self.book.setVisible(form.host is not None)
        if form.host is not None and host_changed:
            self.book.unfold(bool(form.host.siret_problem))
        self._show_contacts(form)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Say what is wrong with the SIRET while its own field is folded away, and how many
        mentions are missing there."""
        host = self._form.host if self._form is not None else None
        if host is None:
            self._wrong = ()
            self._tell()
            return
        folded = not self.book.is_open()
        self._wrong = [each for each in found if folded and not each.missing]
        self._tell()
        self._sum_up(host, sum(each.missing for each in found))

    def needs(self, field: str) -> None:
        """Open what holds a field before the cursor goes there."""
        if field.startswith("host."):
            self.book.unfold()

    def _sum_up(self, host: HostChoice, missing: int) -> None:
        place = f"{host.details['postal_code']} {host.city}".strip()
        siret = f"SIRET {format_siret(host.siret)}" if host.siret else "SIRET à saisir"
        lacks = f"{missing} mention{'s' * (missing > 1)} à compléter" if missing else ""
        self.book.sum_up((lacks, siret, place, host.activity, host.past_text), "small")

    def _show_contacts(self, form: PlacementForm) -> None:
        tutors = form.host.tutors if form.host else ()
        others = [each for each in tutors if each.name != form.values["tutor_name"]]
        for chip in self._contact_chips:
            chip.hide()
            chip.deleteLater()
        self._contact_chips = [self._chip(each) for each in others]
        self._contacts.setVisible(bool(others))

    def _chip(self, tutor: TutorChoice) -> Chip:
        chip = Chip(tutor.name)
        chip.setCheckable(False)
        put_tip(chip, f"Prendre {tutor.name} pour tuteur. {tutor.function}".strip())
        chip.clicked.connect(partial(self._choose_tutor, tutor.id))
        layout = self._contacts.layout()
        if layout is not None:
            layout.addWidget(chip)
        return chip

    # Choosing

    def _search(self, typed: str) -> None:
        self._desk.jobs.read(
            self,
            lambda session: usecases.placement_hosts.find_hosts(session, typed),
            lambda found: self._offer(typed, found),
            self._desk.fail,
            key="hosts",
        )

    def _offer(self, typed: str, found: Sequence[HostChoice]) -> None:
        if self.pick.is_searching():
            self._say("" if found else _why_unknown(typed))
        self.pick.offer(typed, host_offers(typed, found))

    def _say(self, reason: str) -> None:
        self._unknown = reason
        self._tell()

    def _tell(self) -> None:
        if self._unknown:
            self.remark.say(self._unknown, "red")
            self.remark.show_whole(self.pick)
        else:
            self.say_findings(self._wrong)

    def _choose(self, value: object) -> None:
        form = self._form
        if form is None:
            return
        if isinstance(value, str):
            self._add(form, value)
        elif isinstance(value, UUID):
            command = ChooseHost(form.id, value, _host_seen(form))
            self._desk.jobs.write(
                self,
                lambda session: usecases.placement_drafts.choose_host(session, command),
                None,
                self._desk.fail,
                label="Structure d’accueil choisie",
            )

    def _add(self, form: PlacementForm, name: str) -> None:
        new = NewHost(uuid4(), name)
        command = ChooseHost(form.id, new.id, _host_seen(form))

        def act(session: usecases.Session) -> None:
            usecases.placement_hosts.add_host(session, new)
            session.flush()
            usecases.placement_drafts.choose_host(session, command)

        self._desk.jobs.write(self, act, None, self._desk.fail, label="Structure ajoutée au carnet")

    def _choose_tutor(self, contact_id: UUID) -> None:
        form = self._form
        if form is None:
            return
        command = ChooseTutor(form.id, contact_id, self._fields.seen("tutor_name"))
        self._desk.jobs.write(
            self,
            lambda session: usecases.placement_drafts.choose_tutor(session, command),
            None,
            self._desk.fail,
            label="Tuteur de l’immersion",
        )


def _host_seen(form: PlacementForm) -> Seen:
    return {"host_id": (form.host.id if form.host is not None else None,)}


def host_offers(typed: str, found: Sequence[HostChoice]) -> list[Offer]:
    """What was found in the book, and to write there what was typed."""
    offers = [
        Offer(
            host.id,
            host.name,
            " · ".join(part for part in (host.city, format_siret(host.siret)) if part)
            or "fiche à compléter",
            host.past_text,
        )
        for host in found
    ]
    if any(letter.isalpha() for letter in typed):
        offers.append(Offer(typed, f"Ajouter « {typed} » au carnet", icon="add-line"))
    return offers


def _why_unknown(typed: str) -> str:
    """Why a number gives nothing; a name is offered for the book."""
    number = bare_siret(typed)
    if not number.isdigit():
        return ""
    if len(number) < LENGTH_OF_SIRET:
        return "Aucun SIRET du carnet ne commence ainsi."
    return (
        siret_problem(number)
        or "Ce SIRET n’est pas dans le carnet : écrivez le nom de la structure pour l’ajouter."
    )


def _id(form: PlacementForm | None) -> UUID | None:
    return form.host.id if form is not None and form.host is not None else None
