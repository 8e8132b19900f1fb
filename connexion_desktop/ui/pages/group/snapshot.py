"""A board as bytes and back: what the next start paints before the base is open."""

from __future__ import annotations

from connexion_desktop.domain.board import GroupBoard


def board_to_json(board: GroupBoard) -> bytes:
    """The board, for the snapshot of the page."""
    import msgspec

    return msgspec.json.encode(board)


def board_from_json(payload: bytes) -> GroupBoard | None:
    """The board that was kept; None if another version of the program wrote it."""
    import msgspec

    try:
        return msgspec.json.decode(payload, type=GroupBoard)
    except (msgspec.MsgspecError, ValueError):
        return None
