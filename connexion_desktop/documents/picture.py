"""A picture of somebody else's, made small and harmless: recognised by what it holds, whatever its
name says, and written again without what else it carried."""

from __future__ import annotations

import io
from dataclasses import dataclass

from connexion_desktop.domain.errors import UserError

HEAVIEST = 20 * 1024 * 1024
"""The most bytes that are read."""

_MOST_PIXELS = 30_000_000
_KINDS = ("PNG", "JPEG")
_SAFE = "Rien n’a changé."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in PNG, and its size in pixels."""

    png: bytes
    width: int
    height: int


def reduced(content: bytes, longest: int) -> Picture:
    """A PNG or a JPEG as a PNG no longer than `longest` pixels, upright.

    Raises UserError for what is neither, is damaged, or is larger than can be decoded safely.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    if len(content) > HEAVIEST:
        raise UserError(
            "Cette image pèse plus de 20 Mo.",
            _SAFE,
            "Enregistrez-la plus petite, puis réessayez.",
        )
    try:
        with Image.open(io.BytesIO(content), formats=_KINDS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise _too_large()
            image.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(image)
            made = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except UnidentifiedImageError as error:
        raise UserError(
            "Ce fichier n’est ni une image PNG ni une image JPEG.",
            _SAFE,
            "Enregistrez le logo en PNG ou en JPEG, puis choisissez-le de nouveau.",
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError) as error:
        raise UserError(
            "Cette image est abîmée : elle ne se lit pas jusqu’au bout.",
            _SAFE,
            "Choisissez-en une autre.",
        ) from error
    made.thumbnail((longest, longest))
    written = io.BytesIO()
    made.save(written, "PNG", optimize=True)
    return Picture(written.getvalue(), made.width, made.height)


def _too_large() -> UserError:
    return UserError(
        "Cette image est trop grande : plus de 30 millions de points.",
        _SAFE,
        "Réduisez-la, puis choisissez-la de nouveau.",
    )
