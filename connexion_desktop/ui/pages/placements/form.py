"""The form of one immersion: typed, checked as it is typed, then issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from connexion_desktop.domain.placement_file import PlacementForm
from connexion_desktop.domain.placement_hours import span
from connexion_desktop.domain.placement_rules import Finding, Severity, check
from connexion_desktop.domain.placement_typed import restated, typed_paper
from connexion_desktop.domain.placement_versions import PaperChange, paper_changes
from connexion_desktop.ui import theme
from connexion_desktop.ui.desk import Desk
from connexion_desktop.ui.pages.placements.acts import SignaturesSection
from connexion_desktop.ui.pages.placements.draft_acts import DraftActs
from connexion_desktop.ui.pages.placements.fields import Fields
from connexion_desktop.ui.pages.placements.finding_places import (
    OF_HOST,
    field_of,
    of_person,
)
from connexion_desktop.ui.pages.placements.form_walk import FormWalk
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
from connexion_desktop.ui.widgets.tips import put_tip

_REASONS = 8
_CHECKLIST_SHARE = 5
"""The checklist takes a fifth of the form's height at most."""


class DraftForm(QWidget):
    """`paper_typed(ConventionPaper)` comes at each edit: what the paper would say now. `shown` when
    a form asked for is there to be typed in: the first one waits until the sections are built."""

    paper_typed = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current: PlacementForm | None = None
        """The draft that is shown."""
        self.signatures: SignaturesSection | None = None
        self.findings: tuple[Finding, ...] = ()
        """What is wrong or missing in what is typed now."""
        self._waiting: tuple[PlacementForm, str | None] | None = None
        self.fields = Fields(desk, self)
        self.head = Head()
        self.issue_button = self.head.add_act(button("Émettre", "primary"))
        self.acts = DraftActs(self)
        self.walk = FormWalk(self)
        self.issue_button.clicked.connect(self.acts.ask_issue)
        self.head.checklist.chosen.connect(self.walk.focus_finding)
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
        self.person = PersonSection(self.desk, self.fields)
        yield from self._add(self.person)
        self.person.add_record(self.fields)
        yield
        self.host = HostSection(self.desk, self.fields)
        yield from self._add(self.host)
        self.host.add_book(self.fields)
        yield
        self.period = PeriodSection(self.fields)
        yield from self._add(self.period)
        self.timetable = TimetableSection(self.desk, self.fields)
        yield from self._add(self.timetable)
        self.purpose = PurposeSection(self.fields)
        yield from self._add(self.purpose)
        self.safety = SafetySection(self.fields)
        yield from self._add(self.safety)
        self.more = MoreSection(self.desk, self.fields)
        yield from self._add(self.more)
        self.prescriber = PrescriberSection(self.desk)
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
            self.signatures = SignaturesSection(self.desk)
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
            pick.picked.connect(partial(self.walk.leave, pick))

    # Showing

    def show_form(self, form: PlacementForm, kept: str | None) -> None:
        """Show a draft. `kept` is what was being typed, and could not be saved, last time."""
        if not self._built:
            self._waiting = (form, kept)
            return
        other = self.current is None or self.current.id != form.id
        if other:
            self.head.confirm.close_question()
            self.area.verticalScrollBar().setValue(0)
        self.current = form
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
        discard = ("Supprimer le brouillon", self.acts.ask_discard)
        drop = ("Abandonner la modification", self.acts.ask_drop)
        person = ("Ouvrir la fiche de la personne", self.person.open_person)
        self.head.offer([person, drop if form.revising else discard])
        self._recompute()
        self.shown.emit()
        self.walk.go_on()

    def forget(self) -> None:
        """Show no draft: what was typed is saved or kept."""
        self._waiting = None
        self.fields.forget()
        self.current = None

    @property
    def is_built(self) -> bool:
        """Whether its sections are there."""
        return self._built

    def flush(self) -> None:
        """Save what is being typed."""
        if self.current is not None:
            self.timetable.flush()
            self.fields.flush()

    def _recompute(self) -> None:
        form = self.current
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
        self.findings = check(facts)
        self.period.show_facts(facts)
        changes = paper_changes(form.issued, paper) if form.issued else ()
        self._show_findings()
        self._show_changes(form, changes)
        self._allow_issue("" if changes or not form.revising else "rien n’a encore changé.")
        self.paper_typed.emit(paper)

    def _show_findings(self) -> None:
        found = self.findings
        self.head.checklist.show_findings(found)
        by_field: dict[str, list[Finding]] = {}
        for finding in found:
            by_field.setdefault(field_of(finding), []).append(finding)
        for name, field in self.fields.fields.items():
            show_findings(field, by_field.get(name, ()))
        self.timetable.show_findings(by_field.get("slots", ()))
        self.person.show_findings(of_person(by_field))
        self.prescriber.show_findings(by_field)
        self.host.show_findings([each for each in found if each.field.startswith(OF_HOST)])

    def _allow_issue(self, nothing: str) -> None:
        """Issuing waits while something blocks, or while there is nothing new to issue."""
        blocking = [each.message for each in self.findings if each.severity is Severity.BLOCK]
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
        put_tip(
            self.head.notice,
            "\n".join(f"{c.label} : {c.before or '—'} → {c.after or '—'}" for c in changes),
        )
        if signed and any(change.voids for change in changes):
            self.head.notice.say(f"{what} Les signatures déjà reçues seront à refaire.", "amber")
        elif signed:
            self.head.notice.say(f"{what} Les signatures déjà reçues restent valables.", "green")
        else:
            self.head.notice.say(what, "accent")

    def focus_first(self) -> None:
        """Put the cursor on the first thing missing, in the form's order; else on the host."""
        self.walk.focus_first()
