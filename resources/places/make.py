"""Make the two lists of this folder, as its README says."""

from __future__ import annotations

import json
import lzma
import sys
from collections import defaultdict
from pathlib import Path

from phonenumbers.geodata.locale import LOCALE_DATA

HERE = Path(__file__).parent


def towns(communes: Path) -> str:
    """A line for each postal code: « 33650 La Brède|Saucats… », the largest first."""
    by_code: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for commune in json.loads(communes.read_text(encoding="utf-8")):
        if commune["type"] == "commune-actuelle":
            for code in commune.get("codesPostaux", ()):
                by_code[code].append((-commune.get("population", 0), commune["nom"]))
    return "".join(
        f"{code} {'|'.join(name for _, name in sorted(found))}\n"
        for code, found in sorted(by_code.items())
    )


def countries() -> str:
    """A line for each country: « ES Espagne »."""
    lines = []
    for code, words in sorted(LOCALE_DATA.items()):
        name = words.get("fr", "")
        known = words[name[1:]] if name.startswith("*") else name
        if known:
            lines.append(f"{code} {known}\n")
    return "".join(lines).replace(" Etats-", " États-")


if __name__ == "__main__":
    # With the usual dictionary, unpacking 0.5 MB would take 64 MB.
    how = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 20}
    packed = lzma.compress(towns(Path(sys.argv[1])).encode(), filters=[how])
    (HERE / "towns.txt.xz").write_bytes(packed)
    (HERE / "countries.txt").write_text(countries(), encoding="utf-8")
