"""Photos and scans of others, decoded by Qt away from the window: the right way up, at the size
wanted, and never larger than memory allows."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageIOHandler, QImageReader, QPainter

from connexion_desktop.domain.attachments import HEAVIEST
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.media import Media
from connexion_desktop.domain.progress import Progress

_MOST_PIXELS = 100_000_000
_MOST_PIXELS_OF_JPEG = 300_000_000
"""A JPEG is decoded at the size wanted; the others whole first."""

_MOST_MEGABYTES = 420
_SIDES = (4000, 3000, 2000)
_QUALITIES = (88, 75)
_QUARTER_TURN = QImageIOHandler.Transformation.TransformationRotate90
_FORMATS = {
    Media.JPEG: b"jpeg",
    Media.PNG: b"png",
    Media.GIF: b"gif",
    Media.WEBP: b"webp",
    Media.BMP: b"bmp",
    Media.TIFF: b"tiff",
}


def decoded(content: bytes, media: Media, room: QSize) -> QImage:
    """A picture, turned as its camera says, within `room` pixels and never enlarged.

    Raises UserError when it is damaged, or would take too much memory.
    """
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # its own format and no other: Qt would also read SVG, which asks for other files
    reader = QImageReader(buffer, QByteArray(_FORMATS[media]))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    most = _MOST_PIXELS_OF_JPEG if media is Media.JPEG else _MOST_PIXELS
    if size.isValid() and size.width() * size.height() > most:
        raise _unreadable(f"{size.width()} × {size.height()} points : elle est trop grande")
    turned = bool(reader.transformation() & _QUARTER_TURN)
    wanted = size.scaled(room.transposed() if turned else room, Qt.AspectRatioMode.KeepAspectRatio)
    if size.isValid() and wanted.width() < size.width():
        reader.setScaledSize(wanted.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise _unreadable("elle est abîmée, ou n’est pas complète")
    if image.width() > room.width() or image.height() > room.height():
        image = image.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image


def reduced(content: bytes, media: Media, progress: Progress) -> bytes:
    """A photo as a JPEG that is not too heavy to be kept, the right way up and without what its
    camera noted (place, day). Raises UserError when it cannot be read."""
    steps = len(_SIDES) * len(_QUALITIES)
    done = 0
    for side in _SIDES:
        image = _on_white(decoded(content, media, QSize(side, side)))
        for quality in _QUALITIES:
            progress.step(done, steps, "photo réduite")
            done += 1
            written = _jpeg(image, quality)
            if 0 < len(written) <= HEAVIEST:
                return written
    raise _unreadable("elle ne se laisse pas réduire")


def png(image: QImage) -> bytes:
    """A picture of the clipboard as a file."""
    return _written(image, "PNG", -1)


def _jpeg(image: QImage, quality: int) -> bytes:
    return _written(image, "JPEG", quality)


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind, quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _on_white(image: QImage) -> QImage:
    """What is seen through is seen on paper."""
    if not image.hasAlphaChannel():
        return image
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _unreadable(why: str) -> UserError:
    return UserError(
        f"Cette image ne peut pas être montrée : {why}.",
        "Le fichier lui-même n’a pas changé.",
        "Ouvrez-le avec un autre logiciel pour voir ce qu’il contient.",
    )
