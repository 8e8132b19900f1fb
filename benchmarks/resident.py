"""How much memory this process holds."""

from __future__ import annotations

from pathlib import Path

_STATUS = Path("/proc/self/status")


def resident_mb() -> float:
    """Resident memory in MB; 0 where the system does not tell (elsewhere than Linux)."""
    if not _STATUS.exists():
        return 0.0
    line = next(each for each in _STATUS.read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
