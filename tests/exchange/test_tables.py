"""Other people's files: read whole where they can be, refused with a clear sentence elsewhere."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.reader import strings
from openpyxl.worksheet import _reader

from connexion_desktop.domain.errors import Cancelled, UserError
from connexion_desktop.domain.unread import Unread
from connexion_desktop.exchange import excel, sheets
from connexion_desktop.exchange.tables import Tables, read_tables
from tests.workbooks import PEOPLE_HEADINGS, office_sheets, on, save_csv, save_xlsx

LINES = [("Nom", "Prénom", "Ville"), ("Lefèvre", "Océane", "Bègles"), ("Petit", "Léo", "Pessac")]


def rows(read: Tables, sheet: int = 0) -> list[tuple[object, ...]]:
    return list(read.sheets[sheet].rows)


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        read_tables(path)
    assert refused.value.safe == "Rien n’a été importé."
    assert refused.value.todo
    return refused.value


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with its parts changed, as no spreadsheet would write it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change(name, content))
    return path


# --- Excel -----------------------------------------------------------------------------------


def test_the_three_sheets_of_the_office_with_their_values_as_they_are(tmp_path: Path) -> None:
    read = read_tables(save_xlsx(tmp_path / "suivi.xlsx", office_sheets()))
    assert [sheet.name for sheet in read.sheets] == ["Participants", "PC", "Entreprises"]
    people = rows(read)
    assert people[2] == PEOPLE_HEADINGS
    assert people[3][3] == on(1991, 4, 3)
    assert people[4][3:5] == ("12-5-88", 639980112)
    assert read.warnings == ()
    assert len(read.sha256) == 64


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [[], [], ["Nom"], [], ["Diallo"]]})
    assert rows(read_tables(path)) == [(None,), (None,), ("Nom",), (None,), ("Diallo",)]


def test_booleans_hours_and_negative_numbers(tmp_path: Path) -> None:
    values = [True, -12, -0.5, datetime(2026, 3, 2, 9, 30), time(8, 15), date(2026, 3, 2)]  # noqa: DTZ001
    (read,) = rows(read_tables(save_xlsx(tmp_path / "a.xlsx", {"F": [values]})))
    assert read[:5] == (True, -12, -0.5, datetime(2026, 3, 2, 9, 30), time(8, 15))  # noqa: DTZ001


def test_merged_cells_hold_their_value_once(tmp_path: Path) -> None:
    workbook = Workbook()
    worksheet = workbook.worksheets[0]
    worksheet["A1"] = "Titre"
    worksheet.merge_cells("A1:D2")
    worksheet["A3"], worksheet["B3"] = "Nom", "Prénom"
    workbook.save(tmp_path / "a.xlsx")
    assert rows(read_tables(tmp_path / "a.xlsx"))[0] == ("Titre", None)


def test_a_formula_gives_its_recorded_result_and_is_never_run(tmp_path: Path) -> None:
    def with_result(name: str, content: bytes) -> bytes:
        return content.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        )

    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["Âge"], ["=1+1"]]})
    assert rows(read_tables(rewritten(path, with_result))) == [("Âge",), (2,)]


def test_formulas_without_a_result_are_told(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["Nom", "Âge"], ["Diallo", "=1+1"]]})
    read = read_tables(path)
    name, formula = rows(read)[1]
    assert (name, formula) == ("Diallo", "=1+1")
    assert isinstance(formula, Unread)
    assert read.warnings[0].startswith("1 formule n’a pas de résultat")


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+33 6", "@SUM(A1)", "-2+3", "'=1+1"])
def test_what_looks_like_a_command_is_only_text(tmp_path: Path, text: str) -> None:
    path = save_csv(tmp_path / "a.csv", [("Nom", "Prénom"), (text, "Léo")])
    assert rows(read_tables(path))[1] == (text, "Léo")


def test_errors_of_the_spreadsheet_are_read_as_they_show(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["#N/A", "#REF!", "#DIV/0!"]]})
    assert rows(read_tables(path)) == [("#N/A", "#REF!", "#DIV/0!")]


def test_control_characters_go_and_every_space_is_a_space(tmp_path: Path) -> None:
    line = ("Jean\u00a0Luc", "a\tb", "\ufeffx\u200b", "l1\r\nl2", "\x01\x02", "  ")
    path = save_csv(tmp_path / "a.csv", [("a", "b", "c", "d", "e", "f"), line], separator=";")
    expected = ("Jean Luc", "a b", "x", "l1\nl2", None, None)
    assert rows(read_tables(path))[1] == expected


def test_a_line_end_that_excel_escapes_is_a_line_end(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [["un_x000D_\ndeux"]]})
    assert rows(read_tables(path)) == [("un\ndeux",)]


def test_a_cell_of_forty_thousand_characters(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", [("Nom", "Commentaires"), ("Diallo", "é" * 40_000)])
    assert rows(read_tables(path))[1] == ("Diallo", "é" * 40_000)


def test_columns_beyond_the_two_hundredth_are_told(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": [list(range(10_000))]})
    read = read_tables(path)
    assert len(rows(read)[0]) == sheets.MAX_COLUMNS
    assert read.warnings == ("Feuille F : seules les 200 premières colonnes sont lues.",)


def test_rows_beyond_the_twenty_thousandth_are_told(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "longue.csv", [("a", "b")] * (sheets.MAX_ROWS + 5))
    read = read_tables(path)
    assert len(rows(read)) == sheets.MAX_ROWS
    assert read.warnings == ("longue : seules les 20000 premières lignes sont lues.",)


@pytest.mark.parametrize("lie", [b"A1:XFD1048576", b"A1:B200000", b"A1"])
def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(tmp_path: Path, lie: bytes) -> None:
    def lying(name: str, content: bytes) -> bytes:
        return content.replace(b'ref="A1:C3"', b'ref="' + lie + b'"')

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), lying)
    assert rows(read_tables(path)) == LINES


def test_a_value_a_million_rows_below_does_not_take_forever(tmp_path: Path) -> None:
    def far(name: str, content: bytes) -> bytes:
        return content.replace(b'<row r="3"', b'<row r="1048576"').replace(
            b'r="A3"', b'r="A1048576"'
        )

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), far)
    read = read_tables(path)
    assert rows(read) == LINES[:2]
    assert read.warnings


def test_sheet_names_with_quotes_and_signs(tmp_path: Path) -> None:
    names = ["L'équipe « d’ici »", 'Le "reste"', "<b>&amp;", "=1+1"]
    path = save_xlsx(tmp_path / "a.xlsx", dict.fromkeys(names, LINES))
    assert [sheet.name for sheet in read_tables(path).sheets] == names


def test_two_sheets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    def alike(name: str, content: bytes) -> bytes:
        return content.replace(b'name="G"', b'name="F"')

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES, "G": LINES}), alike)
    assert [sheet.name for sheet in read_tables(path).sheets] == ["F", "F (2)"]


def test_more_than_fifty_sheets(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {f"F{number}": LINES for number in range(60)})
    read = read_tables(path)
    assert len(read.sheets) == 50
    assert read.warnings == ("Seules les 50 premières feuilles sont lues.",)


def test_an_empty_workbook_has_empty_sheets(tmp_path: Path) -> None:
    assert rows(read_tables(save_xlsx(tmp_path / "a.xlsx", {"F": []}))) == []


def test_a_workbook_with_only_a_chart_has_no_sheet(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_chartsheet("Graphique").add_chart(BarChart())
    workbook.remove(workbook.worksheets[0])
    workbook.save(tmp_path / "a.xlsx")
    assert read_tables(tmp_path / "a.xlsx").sheets == ()


def test_a_workbook_under_the_name_of_a_csv_is_read_all_the_same(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES}).rename(tmp_path / "a.csv")
    assert rows(read_tables(path)) == LINES


# --- refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsb", ".numbers"])
def test_other_spreadsheets_are_refused_with_the_way_out(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"suivi{suffix}"
    path.write_bytes(b"whatever")
    problem = refusal(path)
    assert f"« suivi{suffix} »" in problem.what
    assert "Enregistrer sous" in problem.todo


@pytest.mark.parametrize("name", ["convention.pdf", "lettre.docx", "photo.jpg", "sans_suffixe"])
def test_what_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    assert refusal(tmp_path / name).what == f"« {name} » n’est pas un tableau."


def test_a_workbook_under_a_password_says_to_take_it_away(tmp_path: Path) -> None:
    path = tmp_path / "secret.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000)
    problem = refusal(path)
    assert "mot de passe" in problem.what
    assert "retirez le mot de passe" in problem.todo


def test_a_workbook_cut_short_at_any_byte(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", office_sheets()).read_bytes()
    for length in range(0, len(whole), 611):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        refusal(tmp_path / "b.xlsx")


def test_a_workbook_with_bytes_changed_is_read_or_refused(tmp_path: Path) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", office_sheets()).read_bytes()
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(8):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "b.xlsx").write_bytes(damaged)
        try:
            read_tables(tmp_path / "b.xlsx")
        except UserError as problem:
            assert "« b.xlsx »" in problem.what


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("bonjour.txt", "bonjour")
    assert "illisible" in refusal(tmp_path / "a.xlsx").what


def test_a_text_under_the_name_of_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("Nom;Prénom", encoding="utf-8")
    assert "n’est pas un classeur" in refusal(tmp_path / "a.xlsx").what


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bombe.bin", bytes(excel.MAX_UNPACKED_BYTES))
    assert path.stat().st_size < 1_000_000
    assert "démesuré" in refusal(path).what


def one_part(path: Path, part: str, content: bytes) -> Path:
    """A workbook of which one part is this."""
    saved = save_xlsx(path, {"F": LINES})
    return rewritten(saved, lambda name, kept: content if name == part else kept)


def with_cells(path: Path, rows_xml: bytes) -> Path:
    """A workbook whose sheet holds these rows, as XML."""

    def filled(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        start, end = content.index(b"<sheetData"), content.index(b"</sheetData>")
        return content[:start] + b"<sheetData>" + rows_xml + content[end:]

    return rewritten(save_xlsx(path, {"F": LINES}), filled)


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B2"><v>x</v></c>',
        b'<c r="B2" t="n"><v>NaN</v></c>',
        b'<c t="b"><v>peut-etre</v></c>',
        b'<c r="B2" t="s"><v>99999</v></c>',
        b'<c r="B2" t="d"><v>hier</v></c>',
    ],
)
def test_a_cell_that_is_not_what_it_says_leaves_the_others_read(
    tmp_path: Path, cell: bytes
) -> None:
    said = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    xml = b'<row r="1">%s%s</row><row r="2">%s%s%s</row><row r="5">%s</row>' % (
        said % (b"A1", b"Nom"),
        said % (b"B1", b"Tel"),
        said % (b"A2", b"Awa"),
        cell,
        said % (b"C2", b"Pessac"),
        said % (b"A5", b"Koffi"),
    )
    first, second, *_, last = rows(read_tables(with_cells(tmp_path / "a.xlsx", xml)))
    assert (first[0], second[0], second[2], last[0]) == ("Nom", "Awa", "Pessac", "Koffi")
    assert isinstance(second[1], Unread)
    assert second[1] in cell.decode()
    assert "retapez-la" in second[1].reason


class _Watch:
    """A Progress that remembers the longest time it was left without a word, in seconds."""

    def __init__(self) -> None:
        self._last = monotonic()
        self.longest = 0.0

    def step(self, done: int, total: int, label: str = "") -> None:
        self.longest = max(self.longest, monotonic() - self._last)
        self._last = monotonic()


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
    started = monotonic()
    assert "illisible" in refusal(path).what
    assert monotonic() - started < 5


def test_names_of_ranges_made_to_be_slow_are_not_read(tmp_path: Path) -> None:
    def named(name: str, content: bytes) -> bytes:
        names = (
            b'</sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
            + b"'" * 100_000
            + b"</definedName></definedNames>"
        )
        return content.replace(b"</sheets>", names) if name == "xl/workbook.xml" else content

    path = rewritten(save_xlsx(tmp_path / "a.xlsx", {"F": LINES}), named)
    started = monotonic()
    assert rows(read_tables(path)) == LINES
    assert monotonic() - started < 5


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
    longest, stop, began = 0.0, Event(), monotonic()

    def beat() -> None:
        nonlocal longest
        last = monotonic()
        while not stop.wait(0.001):
            longest, last = max(longest, monotonic() - last), monotonic()

    heart = Thread(target=beat)
    heart.start()
    try:
        assert "démesurée" in refusal(path).what
    finally:
        stop.set()
        heart.join()
    assert longest < (monotonic() - began) / 2


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


# --- CSV -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found_out(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = save_csv(tmp_path / "a.csv", LINES, separator=separator, encoding=encoding)
    assert rows(read_tables(path)) == LINES


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_one_accent_in_small_letters_or_in_capitals_is_enough(
    tmp_path: Path, encoding: str
) -> None:
    for lines in ([("NOM", "PRÉNOM"), ("PETIT", "LEO")], [("Nom", "Prenom"), ("Petit", "Hélène")]):
        path = save_csv(tmp_path / "a.csv", lines, encoding=encoding)
        assert rows(read_tables(path)) == lines


def test_a_utf8_file_with_one_wrong_byte_keeps_its_accents(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "a.csv", [*LINES, ("Trait\udce9", "Zoé", "Pessac")][:3])
    path.write_bytes(path.read_bytes() + b"\xe9ric;Zo\xc3\xa9;Bordeaux\r\n")
    assert rows(read_tables(path))[:3] == LINES


def test_lists_inside_a_cell_do_not_pass_for_the_separator(tmp_path: Path) -> None:
    lines = [("Nom", "Filières"), *[("Diallo", "Cuisine, Sport, BTP, Bois")] * 5]
    assert rows(read_tables(save_csv(tmp_path / "a.csv", lines))) == lines


def test_the_hint_that_excel_puts_on_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\r\nNom|Prénom\r\nPetit|Léo\r\n", encoding="utf-8")
    assert rows(read_tables(path)) == [("Nom", "Prénom"), ("Petit", "Léo")]


def test_cells_on_several_lines(tmp_path: Path) -> None:
    lines = [("Nom", "Commentaires"), ("Diallo", "un\ndeux"), ("Petit", 'dit « "Léo" »')]
    assert rows(read_tables(save_csv(tmp_path / "a.csv", lines))) == lines


def test_a_quote_never_closed_does_not_eat_the_people_below(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nom;Prénom\n"Diallo;Aïssatou\nPetit;Léo\nMartin;Jean\n', encoding="utf-8")
    read = read_tables(path)
    assert [row[0] for row in rows(read)] == ["Nom", "Diallo", "Petit", "Martin"]
    assert "guillemet" in read.warnings[0]


def test_a_quote_never_closed_leaves_the_well_formed_rows_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "NOM,Prénom,Tél,Commentaires\n"
        '"DUPOND, dit Le Grand","Luc",0613131313,"ligne1\nligne2; suite"\n'
        'NON FERMÉ,"Lea,0613131314,x\n'
        '"PETIT","Léo ""dit"" Lion",0613131315,y\n',
        encoding="utf-8",
    )
    read = read_tables(path)
    assert rows(read)[1:] == [
        ("DUPOND, dit Le Grand", "Luc", "0613131313", "ligne1\nligne2; suite"),
        ("NON FERMÉ", "Lea", "0613131314", "x"),
        ("PETIT", 'Léo "dit" Lion', "0613131315", "y"),
    ]
    assert read.warnings == (
        "Ligne 3 : un guillemet n’est pas refermé, vérifiez ce qui en est lu.",
    )


def test_a_csv_is_one_sheet_named_after_its_file(tmp_path: Path) -> None:
    path = save_csv(tmp_path / "groupe de Talence.csv", LINES)
    assert [sheet.name for sheet in read_tables(path).sheets] == ["groupe de Talence"]


def test_an_empty_csv_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert rows(read_tables(tmp_path / "a.csv")) == []


def test_a_picture_under_the_name_of_a_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20)
    assert "fichier de texte" in refusal(tmp_path / "a.csv").what


@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("a.csv", "a.xlsx"):
        (folder / name).write_bytes(content)
        try:
            read_tables(folder / name)
        except UserError as problem:
            assert problem.todo


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    clean = [[f"x{''.join(filter(str.isalnum, cell))}" for cell in line] for line in lines]
    path = save_csv(tmp_path_factory.mktemp("csv") / "a.csv", clean)
    assert [list(row) for row in rows(read_tables(path))] == clean


def test_the_readers_take_bytes_in_memory_only(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"F": LINES})
    read_tables(path)
    path.unlink()
    assert not list(tmp_path.iterdir())
