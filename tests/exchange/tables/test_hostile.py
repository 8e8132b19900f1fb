"""Files made to be slow, huge, or to reach outside."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from time import process_time

import pytest
from openpyxl.reader import strings
from openpyxl.worksheet import _reader

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.exchange.tables import read_tables
from tests.workbooks import save_csv, save_xlsx

from .reading import LINES, one_part, refusal, rewritten, rows, with_cells


class _Watch:
    """A Progress that remembers the longest time it was left without a word, in seconds of work."""

    def __init__(self) -> None:
        self._last = process_time()
        self.longest = 0.0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.longest = max(self.longest, process_time() - self._last)
        self._last = process_time()


_SHEET = "xl/worksheets/sheet1.xml"


_FORMATS = b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="%s"/></numFmts></styleSheet>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        pytest.param(_SHEET, b"<f " * 20_000, id="formulas never closed"),
        pytest.param(_SHEET, b"<f/>" + b" " * 3_000_000 + b"x", id="a formula then blanks"),
        pytest.param(_SHEET, (b"<row>" + b"<a/>" * 190_000) * 16, id="three million tags"),
        pytest.param("xl/theme/theme1.xml", b"<a/>" * 1_500_001, id="tags that nobody counts on"),
        pytest.param(_SHEET, b"<row>" + b"<c/>" * 200_001, id="two hundred thousand cells"),
        pytest.param("xl/styles.xml", _FORMATS % (b"[" * 300_000), id="an endless format"),
        pytest.param("xl/styles.xml", _FORMATS % (b"[" * 900), id="a format never closed"),
        pytest.param("xl/styles.xml", b"<a>" * 90_000 + b"</a>" * 90_000, id="styles too deep"),
    ],
)
def test_a_part_made_to_be_slow_is_refused_at_once(
    tmp_path: Path, part: str, content: bytes
) -> None:
    path = one_part(tmp_path / "a.xlsx", part, content)
    started = process_time()
    assert "illisible" in refusal(path).what
    assert process_time() - started < 5


def test_names_of_ranges_made_to_be_slow_are_not_read(tmp_path: Path) -> None:
    def named(name: str, content: bytes) -> bytes:
        names = (
            b'</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
            + b"'" * 100_000
            + b"</definedName></definedNames>"
        )
        return content.replace(b"</sheets>", names) if name == "xl/workbook.xml" else content

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), named)
    started = process_time()
    assert rows(read_tables(path)) == LINES
    assert process_time() - started < 5


def test_reading_one_long_row_can_be_given_up_all_along(tmp_path: Path) -> None:
    path = with_cells(tmp_path / "a.xlsx", b"<row>" + b"<c/>" * 150_000 + b"</row>")
    watch = _Watch()
    assert rows(read_tables(path, watch)) == []
    assert watch.longest < 3


def test_formulas_without_a_result_are_counted_in_a_long_sheet(tmp_path: Path) -> None:
    row = b"<row><c><f>1+1</f></c>" + b"<c><f>A1</f><v>2</v></c>" * 9 + b"</row>"
    path = with_cells(tmp_path / "a.xlsx", row * 12_000)
    assert read_tables(path).warnings[0].startswith("12000 formules")


def test_a_sheet_of_one_text_ten_thousand_times_is_cut_where_it_is_told(tmp_path: Path) -> None:
    long = "é" * 30_000
    path = save_csv(tmp_path / "longue.csv", [("Nom", "Commentaires"), *[("Petit", long)] * 700])
    read = read_tables(path)
    assert read.warnings == ("longue : trop de texte, seules 668 lignes sont lues.",)
    assert len(rows(read)) == 668


def test_a_csv_of_one_line_without_end_is_cut_or_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b";" * 400_000)
    assert rows(read_tables(tmp_path / "a.csv")) == []
    for endless in (b";", b"a", b'"\n";', b'""', b'"a\nb";'):
        (tmp_path / "a.csv").write_bytes(b"Nom;N\n" + endless * 2_000_000)
        assert "sa ligne 2 est démesurée" in refusal(tmp_path / "a.csv").what, endless


def test_a_line_of_fifty_million_separators_leaves_the_window_its_turn(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Nom;N\n" + b";" * 49_000_000)
    silences, stop = list[float](), Event()

    def beat() -> None:
        """Note how long this process, whatever the others do, worked between two turns."""
        last = process_time()
        while not stop.is_set():
            stop.wait(0.001)
            now = process_time()
            silences.append(now - last)
            last = now

    heart = Thread(target=beat)
    heart.start()
    try:
        assert "démesurée" in refusal(path).what
    finally:
        stop.set()
        heart.join()
    assert max(silences) < 0.3


def test_columns_dressed_down_to_the_last_row_of_the_sheet_do_not_make_it_unreadable(
    tmp_path: Path,
) -> None:
    cells = b'<row><c t="str"><v>Awa</v></c><c t="str"><v>Diallo</v></c></row>'
    dressed = b'<row><c s="0"/><c s="0"/><c s="0"/></row>'
    path = with_cells(tmp_path / "a.xlsx", cells + dressed * 1_000_000)
    read = read_tables(path)
    assert rows(read) == [("Awa", "Diallo")]
    assert "20000 premières lignes" in read.warnings[0]


_LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(10)
)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_billion_laughs_are_not_laughed(tmp_path: Path, part: str) -> None:
    def laughing(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        root = content[start:].lstrip()
        kind = root[1:].split(b" ")[0].split(b">")[0]
        return b"<!DOCTYPE " + kind + b" [" + _LAUGHS + b"]>" + root.replace(b"Nom", b"&l9;")

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), laughing)
    try:
        read = read_tables(path)
    except UserError as problem:
        assert "illisible" in problem.what
    else:
        assert all(len(str(cell)) < 1000 for row in rows(read) for cell in row)


def test_openpyxl_reads_its_sheets_with_defusedxml() -> None:
    for module in (_reader, strings):
        assert module.iterparse.__module__.startswith("defusedxml")


def test_no_file_outside_is_read_through_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET", encoding="ascii")

    def curious(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        entity = (
            f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()
        )
        return entity + content.replace(b"Nom", b"&x;")

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), curious)
    assert "SECRET" not in refusal(path).what


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    assert "dépasse 50 Mo" in refusal(path).what


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "absent.xlsx").what == "« absent.xlsx » est introuvable."
    (tmp_path / "dossier.xlsx").mkdir()
    for folder in (tmp_path / "dossier.xlsx", tmp_path):
        assert refusal(folder).what == f"« {folder.name} » est un dossier, pas un tableau."
    assert refusal(Path()).what == f"« {Path().resolve()} » est un dossier, pas un tableau."


class _Impatient:
    def step(self, done: int, total: int, label: str = "") -> None:
        raise Cancelled


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_reading_can_be_given_up(tmp_path: Path, name: str) -> None:
    save_xlsx(tmp_path / "a.xlsx", {"F": LINES})
    save_csv(tmp_path / "a.csv", LINES)
    with pytest.raises(Cancelled):
        read_tables(tmp_path / name, _Impatient())
