"""The form of one immersion: typed, checked as it is typed, then issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import itemgetter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop import usecases
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement import numbered
from connexion_desktop.domain.placement_file import IssuePlacement, PlacementForm
from connexion_desktop.domain.placement_hours import span
from connexion_desktop.domain.placement_rules import Finding, Severity, check
from connexion_desktop.domain.placement_typed import restated, typed_paper
from connexion_desktop.domain.placement_versions import PaperChange, paper_changes
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.acts import Question, SignaturesSection
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.finding_places import (
    field_of,
    is_of_person,
    of_person,
    record_field,
)
from connexion_desktop.ui.pages.placements.head import Head
from connexion_desktop.ui.pages.placements.host import HostSection
from connexion_desktop.ui.pages.placements.kit import Section, beside_bar, show_findings
from connexion_desktop.ui.pages.placements.prescriber import PrescriberSection
from connexion_desktop.ui.pages.placements.sections import (
    MoreSection,
    PeriodSection,
    PersonSection,
    PurposeSection,
    SafetySection,
)
from connexion_desktop.ui.pages.placements.timetable import TimetableSection
from connexion_desktop.ui.slices import Slices
from connexion_desktop.ui.widgets.area import Area
from connexion_desktop.ui.widgets.labels import button

_REASONS = 8
_CHECKLIST_SHARE = 5
"""The checklist takes a fifth of the form's height at most."""

_OF_HOST = "host."


class DraftForm(QWidget):
    """`paper_typed(ConventionPaper)` comes at each edit: what the paper would say now. `shown` when
    a form asked for is there to be typed in: the first one waits until the sections are built."""

    paper_typed = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._form: PlacementForm | None = None
        self.signatures: SignaturesSection | None = None
        self._findings: tuple[Finding, ...] = ()
        self._left: QWidget | None = None
        self._waiting: tuple[PlacementForm, str | None] | None = None
        self.fields = Fields(desk, self)
        self.head = Head()
        self.issue_button = self.head.add_act(button("Émettre", "primary"))
        self.issue_button.clicked.connect(self.ask_issue)
        self.head.checklist.chosen.connect(self.focus_finding)
        self.fields.edited.connect(self._recompute)
        self._lay_out()
        self._building = False
        self._built = False

    def _lay_out(self) -> None:
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.area = Area("Formulaire de l’immersion")
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.hold(holder)
        self.area.installEventFilter(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        outer.addWidget(beside_bar(self.head))
        outer.addWidget(self.area, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is to be done leaves room to do it."""
        super().resizeEvent(event)
        self.head.checklist.bound(event.size().height() // _CHECKLIST_SHARE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is being typed stays where it is while the checklist above gains and loses lines."""
        if isinstance(event, QMoveEvent) and self.area.isAncestorOf(self.window().focusWidget()):
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + event.pos().y() - event.oldPos().y())
        return super().eventFilter(watched, event)

    def dress(self) -> None:
        """Wear the style sheet, part by part; each section when it is there."""
        theme.dress(self.head)
        self.area.dress()

    def prepare(self) -> None:
        """Build the sections, one at a time, so that the window never waits for them.

        To be called in the window: moving a whole form into it would style it all at once. Calling
        it again does nothing.
        """
        if not self._building:
            self._building = True
            Slices(self, self._build(), self._begin)

    def _begin(self) -> None:
        self._built = True
        self._listen()
        if self._waiting is not None:
            form, kept = self._waiting
            self._waiting = None
            self.show_form(form, kept)

    def _build(self) -> Iterator[None]:
        self.person = PersonSection(self._desk, self.fields)
        yield from self._add(self.person)
        self.person.add_record(self.fields)
        yield
        self.host = HostSection(self._desk, self.fields)
        yield from self._add(self.host)
        self.host.add_book(self.fields)
        yield
        self.period = PeriodSection(self.fields)
        yield from self._add(self.period)
        self.timetable = TimetableSection(self._desk)
        yield from self._add(self.timetable)
        self.purpose = PurposeSection(self.fields)
        yield from self._add(self.purpose)
        self.safety = SafetySection(self.fields)
        yield from self._add(self.safety)
        self.more = MoreSection(self._desk, self.fields)
        yield from self._add(self.more)
        self.prescriber = PrescriberSection(self._desk)
        yield from self._add(self.prescriber)
        self.prescriber.add_fields(self.fields)
        self._column.addStretch(1)

    def _add(self, section: Section) -> Iterator[None]:
        """Making a section and styling it, once it stands in the window, take a slice each."""
        yield
        self._column.addWidget(section)
        theme.dress(section)
        yield

    def _show_signatures(self, form: PlacementForm) -> None:
        """Who signed the version in force, while another is prepared."""
        if form.revising and self.signatures is None:
            self.signatures = SignaturesSection(self._desk)
            self._column.insertWidget(0, self.signatures)
            theme.dress(self.signatures)
        if self.signatures is not None:
            self.signatures.setVisible(form.revising)
            if form.revising:
                self.signatures.show_form(form)

    def _listen(self) -> None:
        self.timetable.typed.connect(self._recompute)
        self.timetable.drafted.connect(self.fields.note_draft)
        for pick in (self.host.pick, self.person.staff):
            pick.picked.connect(partial(self._leave, pick))

    # Showing

    def show_form(self, form: PlacementForm, kept: str | None) -> None:
        """Show a draft. `kept` is what was being typed, and could not be saved, last time."""
        if not self._built:
            self._waiting = (form, kept)
            return
        other = self._form is None or self._form.id != form.id
        if other:
            self.head.confirm.close_question()
            self.area.verticalScrollBar().setValue(0)
        self._form = form
        for section in (self.person, self.purpose, self.more):
            section.show_form(form)
        hours = self.fields.show_form(form, kept)
        self.timetable.show_form(form)
        for name, text in hours.items():
            self.timetable.show_draft(name, text)
        self.host.show_form(form)
        self.prescriber.show_form(form)
        self.head.show_form(form)
        self._show_signatures(form)
        discard = ("Supprimer le brouillon", self._ask_discard)
        drop = ("Abandonner la modification", self._ask_drop)
        person = ("Ouvrir la fiche de la personne", self.person.open_person)
        self.head.offer([person, drop if form.revising else discard])
        self._recompute()
        self.shown.emit()
        if self._left is not None:
            left, self._left = self._left, None
            self._go_on_from(left)

    def forget(self) -> None:
        """Show no draft: what was typed is saved or kept."""
        self._waiting = None
        self.fields.forget()
        self._form = None

    @property
    def is_built(self) -> bool:
        """Whether its sections are there."""
        return self._built

    def flush(self) -> None:
        """Save what is being typed."""
        if self._form is not None:
            self.timetable.flush()
            self.fields.flush()

    def _recompute(self) -> None:
        form = self._form
        if form is None:
            return
        typed = self.fields.typed()
        starts = typed.get("starts_on", form.values["starts_on"])
        ends = typed.get("ends_on", form.values["ends_on"])
        self.timetable.follow(
            span(
                starts if isinstance(starts, date) else None,
                ends if isinstance(ends, date) else None,
            )
        )
        typed["slots"] = self.timetable.slots()
        paper = typed_paper(form.paper, typed, form.facts.today)
        facts = restated(form.facts, paper)
        self._findings = check(facts)
        self.period.show_facts(facts)
        changes = paper_changes(form.issued, paper) if form.issued else ()
        self._show_findings()
        self._show_changes(form, changes)
        self._allow_issue("" if changes or not form.revising else "rien n’a encore changé.")
        self.paper_typed.emit(paper)

    def _show_findings(self) -> None:
        found = self._findings
        self.head.checklist.show_findings(found)
        by_field: dict[str, list[Finding]] = {}
        for finding in found:
            by_field.setdefault(field_of(finding), []).append(finding)
        for name, field in self.fields.fields.items():
            show_findings(field, by_field.get(name, ()))
        self.timetable.show_findings(by_field.get("slots", ()))
        self.person.show_findings(of_person(by_field))
        self.prescriber.show_findings(by_field)
        self.host.show_findings([each for each in found if each.field.startswith(_OF_HOST)])

    def _allow_issue(self, nothing: str) -> None:
        """Issuing waits while something blocks, or while there is nothing new to issue."""
        blocking = [each.message for each in self._findings if each.severity is Severity.BLOCK]
        reasons = [*blocking[:_REASONS], *([nothing] if nothing else ())]
        self.issue_button.setEnabled(not reasons)
        self.issue_button.setToolTip(
            "\n".join(["Pas encore :", *reasons])
            if reasons
            else "Émettre la convention (Ctrl+Entrée)"
        )

    def _show_changes(self, form: PlacementForm, changes: tuple[PaperChange, ...]) -> None:
        self.head.notice.setVisible(form.revising)
        if not form.revising:
            return
        if not changes:
            self.head.notice.say("Rien n’a encore changé depuis la version émise.", "grey")
            return
        signed = any(each.signed_on for each in form.signatures)
        what = f"Change : {', '.join(change.label for change in changes)}."
        self.head.notice.setToolTip(
            "\n".join(f"{c.label} : {c.before or '—'} → {c.after or '—'}" for c in changes)
        )
        if signed and any(change.voids for change in changes):
            self.head.notice.say(f"{what} Les signatures déjà reçues seront à refaire.", "amber")
        elif signed:
            self.head.notice.say(f"{what} Les signatures déjà reçues restent valables.", "green")
        else:
            self.head.notice.say(what, "accent")

    def _has_host(self) -> bool:
        return self._form is not None and self._form.host is not None

    # Going to a field

    def focus_first(self) -> None:
        """Put the cursor on the first thing missing, in the form's order; else on the host."""
        if not self._has_host():
            self._focus(self.host.pick)
            return
        missing = self._missing_by_height()
        if missing:
            self.focus_finding(missing[0][1])
        else:
            self._focus(self.issue_button if self.issue_button.isEnabled() else self.host.pick)

    def _leave(self, pick: QWidget, _chosen: object) -> None:
        """After the next reading, which tells what is missing then, the cursor goes on."""
        self._left = pick

    def _go_on_from(self, left: QWidget) -> None:
        """Put the cursor on the next thing missing under a widget; else on the next field."""
        missing = self._missing_by_height()
        under = [each for height, each in missing if height > self._height(left)]
        if under:
            self.focus_finding(under[0])
        else:
            left.focusNextChild()

    def _missing_by_height(self) -> list[tuple[int, Finding]]:
        """What is missing in the form, from top to bottom."""
        places = [(self._place(each), each) for each in self._findings if each.missing]
        found = [(self._height(place), each) for place, each in places if place is not None]
        return sorted(found, key=itemgetter(0))

    def focus_finding(self, finding: Finding) -> None:
        """Put the cursor where a finding is mended: here, or on the person's page."""
        name = field_of(finding)
        if is_of_person(name) and name not in self.fields.fields:
            self.person.open_record(record_field(finding))
            return
        if name == "slots":
            self.area.ensureWidgetVisible(self.timetable)
            self.timetable.focus_first()
            return
        if name == "delegations":
            self.prescriber.folded.unfold()
            self._focus(self.prescriber.delegation.reference)
            return
        if name.startswith(_OF_HOST) and not self._has_host():
            self._focus(self.host.pick)
            return
        self.host.needs(name)
        self.person.needs(name)
        self.prescriber.needs(name)
        if name == "staff_id":
            self._focus(self.person.staff)
        elif name in self.fields.fields:
            self.fields.fields[name].take_focus()
            self._show_soon(self.fields.fields[name])

    def _place(self, finding: Finding) -> QWidget | None:
        name = field_of(finding)
        others: dict[str, QWidget] = {
            "slots": self.timetable,
            "delegations": self.prescriber,
            "staff_id": self.person.staff,
        }
        return others.get(name) or self.fields.fields.get(name)

    def _height(self, widget: QWidget) -> int:
        inside = self.area.widget()
        shown: QWidget | None = widget
        while shown and inside and not shown.isVisibleTo(inside):
            shown = shown.parentWidget()
        return shown.mapTo(inside, shown.rect().topLeft()).y() if shown and inside else 0

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self._show_soon(widget)

    def _show_soon(self, widget: QWidget) -> None:
        """Scroll to it once what was just unfolded has its place."""
        QTimer.singleShot(0, self, partial(self._show_whole, widget))

    def _show_whole(self, widget: QWidget) -> None:
        if self.area.isAncestorOf(widget):
            self.area.ensureWidgetVisible(widget, 0, theme.px(24))

    # Acts

    def ask_issue(self) -> None:
        """Ask for confirmation, and for a reason where something warns."""
        form = self._form
        if form is None or not self.issue_button.isEnabled():
            return
        self.flush()
        warned = any(each.severity is Severity.WARN for each in self._findings)
        text = (
            "La nouvelle version remplace la précédente, qui reste lisible."
            if form.revising
            else "La convention prend son numéro et ne se modifie plus."
        )
        reason = "Pourquoi l’émettre malgré les points d’attention" if warned else ""
        self.head.confirm.ask(
            Question(text, "Émettre la convention", reason), partial(self._issue, form)
        )

    def _issue(self, form: PlacementForm, reason: str) -> None:
        command = IssuePlacement(form.id, self._desk.today(), reason)
        self.flush()
        self._desk.jobs.write(
            self,
            lambda session: usecases.placements.issue(session, command),
            lambda number: self._desk.tell(f"Convention {numbered(number)} émise"),
            self._refused,
            label="Convention émise",
        )

    def _refused(self, problem: UserError) -> None:
        self._desk.fail(problem)

    def _ask_discard(self) -> None:
        form = self._form
        if form is not None:
            question = Question(
                "Le brouillon sera supprimé. Ctrl+Z le ramène.", "Supprimer", danger=True
            )
            self.head.confirm.ask(question, lambda _reason: self._discard(form))

    def _discard(self, form: PlacementForm) -> None:
        self._desk.jobs.write(
            self,
            lambda session: usecases.placements.discard(session, form.id),
            lambda _none: self._desk.tell("Brouillon supprimé"),
            self._desk.fail,
            label="Brouillon supprimé",
        )

    def _ask_drop(self) -> None:
        form = self._form
        if form is not None:
            question = Question(
                f"Les changements seront oubliés ; la convention {numbered(form.number)} reste "
                "comme elle a été émise.",
                "Abandonner la modification",
                danger=True,
            )
            self.head.confirm.ask(question, lambda _reason: self._drop(form))

    def _drop(self, form: PlacementForm) -> None:
        self.flush()
        self._desk.jobs.write(
            self,
            lambda session: usecases.placements.drop_revision(session, form.id),
            None,
            self._desk.fail,
            label=f"Modification de {form.number} abandonnée",
        )
