"""The sections of the form whose fields save by themselves, in the paper's order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QListView

from connexion_desktop import usecases
from connexion_desktop.domain.french_dates import age_text, long_day, numeric_day
from connexion_desktop.domain.identity import Situation
from connexion_desktop.domain.names import fold
from connexion_desktop.domain.person_fields import CIVILITIES
from connexion_desktop.domain.placement import PlacementObject
from connexion_desktop.domain.placement_file import (
    EditPlacement,
    HostChoice,
    NewHost,
    NewStaff,
    PlacementForm,
)
from connexion_desktop.domain.placement_hours import weeks_later
from connexion_desktop.domain.placement_rules import Finding, PlacementFacts
from connexion_desktop.domain.targets import PersonTarget
from connexion_desktop.domain.typography import typeset
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.finding_places import is_of_person
from connexion_desktop.ui.pages.placements.host import host_offers
from connexion_desktop.ui.pages.placements.kit import Folded, Section, titled
from connexion_desktop.ui.widgets.bound_fields import BoundDate, LineField
from connexion_desktop.ui.widgets.columns import Columns
from connexion_desktop.ui.widgets.flow_layout import flow
from connexion_desktop.ui.widgets.labels import button, label
from connexion_desktop.ui.widgets.pick import Offer, PickLine
from connexion_desktop.ui.widgets.tips import put_tip

_NONE = ("", "—")
_BIRTH_NAME = "person.birth_name"


class PersonSection(Section):
    """Who goes, and with whose help.

    What a new person's record most often lacks for the paper is completed here; the rest is mended
    on their own page.
    """

    def __init__(self, desk: Desk, fields: Fields) -> None:
        super().__init__("Bénéficiaire")
        self._desk = desk
        self._fields = fields
        self._form: PlacementForm | None = None
        self.go = button("Ouvrir sa fiche", "link")
        self.go.clicked.connect(self.open_person)
        self.corner.addWidget(self.go)
        self._identity = label("", "muted", wrap=True)
        self.record = Folded("Compléter")
        self.same_name = button("Nom de naissance : le même", "chip")
        self.same_name.clicked.connect(self._same_name)
        self.same_name.hide()
        self._detail = fields.line("situation_detail", "Précision sur la situation")
        self.staff = PickLine("Nom du conseiller")
        self.staff.setAccessibleName("Conseiller référent")
        self.staff.wanted.connect(self._offer_staff)
        self.staff.picked.connect(self._choose_staff)
        self.add(self._identity)
        self.add(self.record)
        self.body.addWidget(self.same_name, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(fields.combo("situation", "Situation avant l’immersion"))
        self.add(self._detail)
        self.add(titled("Conseiller référent", self.staff))

    def add_record(self, fields: Fields) -> None:
        """Make the fields of the person's own record."""
        self._representative = fields.line("representative.name", "Représentant légal")
        self.record.fill(
            Columns(
                fields.combo("person.civility", "Civilité"),
                fields.line("person.birth_name", "Nom de naissance"),
                fields.line("person.birth_city", "Ville de naissance"),
                fields.line("person.birth_place", "Département ou pays"),
                (fields.combo("person.nationality", "Nationalité"), 2),
                (fields.line("person.address", "Adresse", of="du bénéficiaire"), 2),
                fields.line("person.postal_code", "Code postal", of="du bénéficiaire"),
                fields.line("person.city", "Ville", of="du bénéficiaire"),
                fields.line("emergency.name", "Personne à prévenir"),
                fields.line("emergency.phone", "Son téléphone"),
                (self._representative, 2),
            )
        )
        fields.join_towns("person.postal_code", "person.city")
        self._fields.offer("person.civility", (_NONE, *CIVILITIES))

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Say what is found about the person: what is completed here is only counted."""
        here = [each for each in found if each.field in self._fields.fields]
        self.say_findings([each for each in found if each not in here])
        self._offer_same_name(any(each.field == _BIRTH_NAME for each in here))
        count = f"{len(here)} mention{'s' * (len(here) > 1)} à compléter"
        self.record.sum_up((count if here else "Identité, adresse, personne à prévenir",), "small")

    def _offer_same_name(self, missing: bool) -> None:
        used = self._form.paper.beneficiary.used_name if self._form else ""
        put_tip(self.same_name, f"{used}, comme le nom d’usage")
        self.same_name.setVisible(missing and bool(used))

    def _same_name(self) -> None:
        name = self._fields.fields[_BIRTH_NAME]
        if self._form is not None and isinstance(name, LineField):
            name.line.setText(self._form.paper.beneficiary.used_name)
            name.flush()
            self._fields.edited.emit()

    def needs(self, field: str) -> None:
        """Open the record before the cursor goes to one of its fields."""
        if is_of_person(field):
            self.record.unfold()

    def show_form(self, form: PlacementForm) -> None:
        """Show the person of a form."""
        turned = self._form is None or self._form.person_id != form.person_id
        self._form = form
        person = form.paper.beneficiary
        if turned:
            self.record.unfold(False)
        self._representative.setVisible(person.is_minor)
        age = age_text(person.birth_date, form.facts.today) if person.birth_date else ""
        place = f"{person.address.postal_code} {person.address.city}".strip()
        told = (age, person.phone, place, form.cohort)
        self._identity.setText(" · ".join(part for part in told if part) or "Fiche à compléter")
        self._fields.offer("situation", (_NONE, *form.lists.situations))
        self._fields.offer("person.nationality", (_NONE, *form.lists.nationalities))
        other = form.values["situation"] == Situation.OTHER
        self._detail.setVisible(other or bool(form.values["situation_detail"]))
        self.staff.show_value(form.paper.accompaniment.referent.name)

    def open_person(self) -> None:
        """Go to the page of the person."""
        self.open_record("")

    def open_record(self, field: str) -> None:
        """Go to the page of the person, with the cursor in that field of their record."""
        if self._form is not None:
            self._desk.go("person", PersonTarget(self._form.person_id, field=field))

    def _offer_staff(self, typed: str) -> None:
        known = self._form.lists.staff if self._form else ()
        words = fold(typed).split()
        offers = [
            Offer(each.id, each.label, each.detail)
            for each in known
            if all(word in fold(each.label) for word in words)
        ]
        if typed and not any(fold(offer.title) == fold(typed) for offer in offers):
            offers.append(Offer(typed, f"Ajouter « {typed} » à l’équipe", icon="add-line"))
        self.staff.offer(typed, offers)

    def _choose_staff(self, value: object) -> None:
        form = self._form
        if form is None:
            return
        new = NewStaff(uuid4(), form.id, value) if isinstance(value, str) else None
        edit = EditPlacement(form.id, "staff_id", str(value))

        def act(session: usecases.Session) -> None:
            if new is not None:
                usecases.placement_prescriber.add_staff(session, new)
            else:
                usecases.placement_drafts.edit(session, edit)

        self._desk.jobs.write(
            self, act, None, self._desk.fail, label="Conseiller référent de l’immersion"
        )


class PeriodSection(Section):
    """First and last day; the last one that the law allows; usual lengths in one key."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("Période")
        self._fields = fields
        self._legal: date | None = None
        self.add(
            Columns(
                fields.date("starts_on", "Premier jour"), fields.date("ends_on", "Dernier jour")
            )
        )
        self.week = button("&1 semaine", "chip")
        self.two_weeks = button("&2 semaines", "chip")
        self.month = button("1 &mois", "chip")
        for each, keys in ((self.week, "Alt+1"), (self.two_weeks, "Alt+2"), (self.month, "Alt+M")):
            each.setToolTip(f"Dernier jour à partir du premier ({keys})")
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.week.clicked.connect(partial(self._last, 1))
        self.two_weeks.clicked.connect(partial(self._last, 2))
        self.month.clicked.connect(partial(self._last, None))
        self.legal = label("", "small", wrap=True)
        self.add(flow(self.week, self.two_weeks, self.month))
        self.add(self.legal)

    def show_facts(self, facts: PlacementFacts) -> None:
        """Say the last day that the legal month allows for the first day typed."""
        self._legal = facts.legal_last_day
        for each in (self.week, self.two_weeks, self.month):
            each.setEnabled(facts.starts_on is not None)
        law = (
            f"Dernier jour possible : {long_day(self._legal)}, un mois au plus (D. 5135-3)"
            if self._legal
            else "Un mois au plus, de date à date (D. 5135-3)"
        )
        self.legal.setText(typeset(law))

    def _last(self, weeks: int | None) -> None:
        field = self._fields.fields["starts_on"]
        end = self._fields.fields["ends_on"]
        if not isinstance(field, BoundDate) or not isinstance(end, BoundDate):
            return
        first = field.field.reading().date
        if first is None or self._legal is None:
            return
        last = self._legal if weeks is None else min(weeks_later(first.day, weeks), self._legal)
        end.field.setText(numeric_day(last))
        end.flush()
        self._fields.edited.emit()


class PurposeSection(Section):
    """What for: object, trade, tasks, objectives, and how it will be judged."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("Objet et contenu")
        self._fields = fields
        self._trades = QStringListModel(self)
        objects = [(each.value, each.label) for each in PlacementObject]
        self.add(fields.radio("object", "Objet de l’immersion", objects))
        self.add(
            Columns(
                fields.line("trade", "Métier", "Aide-soignante, magasinier…"),
                fields.combo("family_id", "Filière"),
            )
        )
        self.add(fields.text("tasks", "Activités confiées", "Ce que fera la personne, par étapes"))
        self.add(fields.check("annex", "Une annexe jointe détaille les activités"))
        self.add(
            fields.text("objectives", "Objectifs précis", "Ce qu’elle doit avoir vu ou su faire")
        )
        self.add(
            fields.text(
                "evaluation",
                "Comment l’immersion sera évaluée",
                "Point à mi-parcours, bilan à trois le dernier jour…",
                lines=2,
            )
        )
        trade = fields.fields["trade"]
        if isinstance(trade, LineField):
            self._completer = QCompleter(self._trades, self)
            self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
            found = QListView()
            found.setProperty("kind", "popup")
            self._completer.setPopup(found)
            theme.dress(found)
            self._completer.activated.connect(lambda _text: trade.flush())
            trade.line.setCompleter(self._completer)

    def show_form(self, form: PlacementForm) -> None:
        """Offer the trades and the families."""
        self._fields.offer("family_id", (_NONE, *form.lists.families))
        if self._trades.stringList() != list(form.lists.trades):
            self._trades.setStringList(list(form.lists.trades))


class SafetySection(Section):
    """Protective equipment and prevention: « non » is an answer, none is not."""

    def __init__(self, fields: Fields) -> None:
        super().__init__("Sécurité")
        self.add(
            fields.yes_no(
                "ppe", "Équipements de protection individuelle", "Lesquels, fournis par qui"
            )
        )
        self.add(fields.yes_no("prevention", "Mesures de prévention particulières", "Lesquelles"))


class MoreSection(Section):
    """What is said only when there is something to say: place, observations, renewal, and an
    accompanying body that is not the association."""

    def __init__(self, desk: Desk, fields: Fields) -> None:
        super().__init__("Lieu, renouvellement, observations")
        self._desk = desk
        self._fields = fields
        self._form: PlacementForm | None = None
        self.support = PickLine("L’association elle-même", least=2)
        self.support.setAccessibleName("Structure d’accompagnement")
        self.support.wanted.connect(self._search_support)
        self.support.picked.connect(self._choose_support)
        self.add(fields.line("place", "Lieu, si ce n’est pas l’adresse de la structure"))
        self._of = fields.combo("renewal_of_id", "Renouvellement de la convention")
        self._reason = fields.text(
            "renewal_reason", "Pourquoi les objectifs n’ont pas été atteints", lines=2
        )
        self.add(self._of)
        self.add(self._reason)
        self.add(fields.text("observations", "Observations", lines=2))
        self.add(titled("Structure d’accompagnement", self.support))

    def show_form(self, form: PlacementForm) -> None:
        """Offer the conventions that may be renewed."""
        if self._form is None or self._form.id != form.id:
            self.support.give_back()
        self._form = form
        body = form.paper.accompaniment.body
        self.support.show_value(body.name if body else "")
        known = [(str(each.id), f"{each.label}, {each.detail}") for each in form.lists.renewable]
        renewed = form.values["renewal_of_id"]
        renewal = form.paper.period.renewal
        if renewed and str(renewed) not in dict(known):
            known.append((str(renewed), renewal.of_number if renewal else "convention retirée"))
        self._fields.offer("renewal_of_id", (("", "Ce n’est pas un renouvellement"), *known))
        self._of.setVisible(bool(known))
        self._reason.setVisible(bool(renewed))

    def _search_support(self, typed: str) -> None:
        self._desk.jobs.read(
            self,
            lambda session: usecases.placement_hosts.find_hosts(session, typed),
            lambda found: self._offer_support(typed, found),
            self._desk.fail,
            key="support",
        )

    def _offer_support(self, typed: str, found: Sequence[HostChoice]) -> None:
        other = self._form is not None and self._form.paper.accompaniment.body is not None
        itself = [Offer("", "L’association elle-même")] if other else []
        self.support.offer(typed, [*itself, *host_offers(typed, found)])

    def _choose_support(self, value: object) -> None:
        form = self._form
        if form is None:
            return
        new = NewHost(uuid4(), value, is_host=False) if isinstance(value, str) and value else None
        edit = EditPlacement(form.id, "support_id", str(new.id if new else value))

        def act(session: usecases.Session) -> None:
            if new is not None:
                usecases.placement_hosts.add_host(session, new)
                session.flush()
            usecases.placement_drafts.edit(session, edit)

        self._desk.jobs.write(
            self, act, None, self._desk.fail, label="Structure d’accompagnement choisie"
        )
