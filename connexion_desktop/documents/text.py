"""Any paper turned into its text: the one door of the PDF and of the Word document."""

from __future__ import annotations

from connexion_desktop.documents import (
    activity_text,
    convention_text,
    loan_text,
    presence_text,
    report_text,
)
from connexion_desktop.documents.content import Paper
from connexion_desktop.domain.activity_papers import ConsentPaper, RoadMap
from connexion_desktop.domain.activity_report import ActivityReport
from connexion_desktop.domain.convention_paper import ConventionPaper
from connexion_desktop.domain.loan_paper import LoanPaper
from connexion_desktop.domain.presence_paper import PresencePaper

Stated = ConventionPaper | LoanPaper | ActivityReport | PresencePaper | ConsentPaper | RoadMap
"""The frozen values of a paper."""


def text_of(stated: Stated) -> Paper:
    """Everything the paper says, section by section."""
    match stated:
        case ConventionPaper():
            return convention_text.paper_text(stated)
        case LoanPaper():
            return loan_text.paper_text(stated)
        case ActivityReport():
            return report_text.paper_text(stated)
        case PresencePaper():
            return presence_text.paper_text(stated)
        case ConsentPaper():
            return activity_text.consent_text(stated)
        case RoadMap():
            return activity_text.road_map_text(stated)
