"""A few invented files, so that the pages of people look lived in: a CV, a letter once scanned."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Sequence

from connexion_desktop.data import models as m
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.names import fold, full_name

from .people import Participant
from .story import Story

_MARGIN, _TOP = 62, 770
_SCAN = 1.4
"""How finely a letter was scanned, in pixels to the point."""


def write_files(people: Sequence[Participant]) -> None:
    """Attach its CV to each that has written one, and a scan to the first."""
    for someone in people:
        if "cv" in someone.story.milestones:
            who = someone.story.who
            _attach(
                someone, f"CV {who.given} {who.family}.pdf", "cv", Media.PDF, _cv(someone.story)
            )
    if people:
        scan = _scan(_letter(people[0].story))
        _attach(people[0], "Attestation d’hébergement (scan).png", "domicile", Media.PNG, scan)


def _attach(someone: Participant, name: str, kind: str, media: Media, content: bytes) -> None:
    file = someone.book.add(
        m.Attachment,
        subject_table="person",
        subject_id=someone.person,
        name=name,
        folded=fold(name),
        kind=kind,
        media_type=media.value,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    someone.book.add(m.AttachmentBytes, attachment_id=file, content=content)


def _cv(story: Story) -> bytes:
    who = story.who
    wanted = story.project[0][0] if story.project else "Projet en cours"
    lines = [
        ("title", full_name(who.given, who.family)),
        ("heading", wanted),
        ("text", f"{who.city} · {who.phone or 'par courrier'}"),
        ("heading", "Ce que je sais faire"),
        *(("text", f"– {label.capitalize()}") for label, _ in story.project),
        ("heading", "Parcours"),
        *(("text", f"– {step.title}") for step in story.steps if step.outcome),
        ("heading", "Langues"),
        ("text", f"Français {who.french}"),
        ("small", "Personne inventée, pour la démonstration."),
    ]
    return _page(lines)


def _letter(story: Story) -> bytes:
    who = story.who
    return _page(
        [
            ("title", "Attestation d’hébergement"),
            (
                "text",
                "Je soussignée, Mme Inventée, certifie sur l’honneur héberger chez moi",
            ),
            ("text", f"{full_name(who.given, who.family)}, {who.address},"),
            ("text", f"{who.postal_code} {who.city}."),
            ("heading", "Fait pour servir et valoir ce que de droit."),
            ("small", "Personne inventée, pour la démonstration."),
        ]
    )


def _page(lines: Sequence[tuple[str, str]]) -> bytes:
    """One page of PDF, the same bytes at each run."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, invariant=True)
    styles = {
        "title": ("Helvetica-Bold", 22, 34),
        "heading": ("Helvetica-Bold", 13, 30),
        "text": ("Helvetica", 11, 18),
        "small": ("Helvetica-Oblique", 9, 40),
    }
    height = _TOP
    for style, text in lines:
        font, size, step = styles[style]
        height -= step
        canvas.setFont(font, size)
        canvas.drawString(_MARGIN, height, text)
    canvas.save()
    return written.getvalue()


def _scan(pdf: bytes) -> bytes:
    """A page as the grey picture that a scanner gives (PNG, ISO/IEC 15948)."""
    from connexion_desktop.documents.preview import render_pages

    page = render_pages(pdf, _SCAN)[0]
    grey = page.rgba[::4]
    rows = b"".join(
        b"\0" + grey[start : start + page.width] for start in range(0, len(grey), page.width)
    )
    header = struct.pack(">2I5B", page.width, page.height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
