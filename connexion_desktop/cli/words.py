"""What each word of the command line does: it calls one use case and tells the result."""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from connexion_desktop.cli import bases, output
from connexion_desktop.cli.output import Ticker, say
from connexion_desktop.cli.parser import Command, UsageError, Word
from connexion_desktop.domain.acts import COMMAND_LINE, Act
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.imprecise import Precision
from connexion_desktop.domain.keys import RawKey
from connexion_desktop.system.whole_file import why_not_written, write_whole

if TYPE_CHECKING:
    from connexion_desktop.data.database import Database
    from connexion_desktop.domain.convention_paper import ConventionPaper
    from connexion_desktop.domain.import_rows import ImportPreview

MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class Order:
    """A command, and what all words need of it."""

    command: Command
    base: Path
    given: bases.Given
    today: date
    ticker: Ticker

    def argument(self) -> str:
        """What follows the word."""
        return self.command.arguments[0]

    def needed(self, option: str) -> str:
        """The value of an option that the parser demanded."""
        return self.command.values[option]


def order(command: Command, ticker: Ticker) -> Order:
    """Read the options of all words. Raises UsageError."""
    from connexion_desktop.system import folders

    base = command.get("--fichier")
    key_file, secret = (
        _path(text) if text else None for text in map(command.get, ("--cle", "--secret"))
    )
    if key_file and secret:
        raise UsageError("--cle et --secret ne vont pas ensemble")
    return Order(
        command,
        _path(base) if base else folders.default_base(),
        bases.Given(key_file, secret),
        _day(command.get("--aujourd-hui")),
        ticker,
    )


def demo(asked: Order) -> int:
    """`demo --vers BASE`: a base of invented people."""
    base = _path(asked.needed("--vers"))
    people = _number(asked.command.get("--personnes"))
    from connexion_desktop.usecases import demo as usecase

    with bases.new_key(base, asked.given, show_code=False) as key:
        usecase.create(base, key, asked.today, people, asked.ticker)
    asked.ticker.clear()
    say(f"Base de démonstration : {base}")
    return 0


def importer(asked: Order) -> int:
    """`importer CLASSEUR --groupe NOM [--debut DATE] [--essai]`."""
    from connexion_desktop.domain.import_rows import ImportRequest
    from connexion_desktop.exchange.tables import read_tables
    from connexion_desktop.usecases import import_workbook

    group = " ".join(_written(asked.needed("--groupe"), asked.command.word).split())
    tables = read_tables(_path(asked.argument()), asked.ticker)
    start = asked.command.get("--debut")
    request = ImportRequest(group, asked.today, starts_on=_day(start) if start else None)
    if asked.command.has("--essai"):
        with _base_to_look_at(asked) as store:
            preview = import_workbook.look_again(store, tables, request, asked.ticker)
        asked.ticker.clear()
        _tell_preview(preview)
        _tell_start(preview, start)
        say("Essai : rien n’a été écrit.")
        return 0
    with bases.opened_or_made(asked.base, asked.given) as store:
        act = Act(_author(), f"Import de « {tables.file_name} »", uuid4())
        report = import_workbook.apply(store, tables, request, act, asked.ticker)
    asked.ticker.clear()
    _tell_preview(report.preview)
    _tell_start(report.preview, start)
    say(report.sentence)
    return 0


@contextmanager
def _base_to_look_at(asked: Order) -> Iterator[Database]:
    """The base, or where there is none an empty one that leaves no trace."""
    if asked.base.exists():
        with bases.opened_to_read(asked.base, asked.given, as_is=True) as database:
            yield database
        return
    from connexion_desktop.data.database import Database

    with tempfile.TemporaryDirectory(prefix="connexion-essai-") as folder:
        path = Path(folder) / "essai.base"
        with closing(Database.create(path, RawKey.new(), bases.ASSOCIATION)) as database:
            yield database


def _tell_preview(preview: ImportPreview) -> None:
    """One line for each sheet, then one for each minor and each problem."""
    from connexion_desktop.domain.import_rows import RowStatus

    if preview.cohort_is_new:
        start = f", commence le {long_day(preview.starts_on)}" if preview.starts_on else ""
        say(f"Groupe : {preview.cohort} (nouveau{start})")
    elif preview.cohort in preview.cohorts:
        say(f"Groupe : {preview.cohort}")
    for plan in preview.plans:
        statuses = [row.status for row in preview.rows if row.sheet == plan.sheet]
        counts = [(status.label, statuses.count(status)) for status in RowStatus]
        told = ", ".join(f"{label} {count}" for label, count in counts if count)
        say(f"{plan.sheet} : {told or 'aucune ligne'}")
    for sheet in preview.unknown_sheets:
        say(f"{sheet} : feuille non reconnue, laissée de côté")
    for warning in preview.warnings:
        say(warning)
    for row in preview.rows:
        if row.minor:
            say(f"{row.place} : {row.title}. {row.minor}.")
    for problem in preview.problems:
        say(str(problem))


def _tell_start(preview: ImportPreview, told: str | None) -> None:
    """A first day that nobody said, or that was said for nothing."""
    if preview.start_is_untold and preview.starts_on is not None:
        output.complain(
            f"Aucune date d’entrée : le groupe commence cette semaine, le"
            f" {long_day(preview.starts_on)}. Pour un autre jour : --debut DATE."
        )
    elif told and not preview.cohort_is_new:
        output.complain("Aucun groupe n’est créé : --debut est sans effet.")


def lister(asked: Order) -> int:
    """`lister personnes|groupes|conventions|materiel [--json]`."""
    from connexion_desktop.usecases import listing, loans

    printed: Callable[[Any, Any], str]
    printed = output.as_json if asked.command.has("--json") else output.as_text
    with bases.opened_to_read(asked.base, asked.given) as database, database.read() as session:
        match asked.argument():
            case "personnes":
                text = printed(output.PEOPLE, listing.people(session))
            case "groupes":
                text = printed(output.GROUPS, listing.groups(session, asked.today))
            case "conventions":
                text = printed(output.PAPERS, listing.papers(session, asked.today))
            case _:
                text = printed(output.EQUIPMENT, loans.fleet(session))
    if asked.command.has("--json"):
        output.say_json(text)
    else:
        say(text)
    return 0


def convention(asked: Order) -> int:
    """`convention NUMERO -o F.pdf|F.docx`."""
    path = _path(asked.needed("--sortie"))
    render = _renderer(path, asked.command.word)
    number = _written(asked.argument(), asked.command.word)
    from connexion_desktop.usecases import logo, placement_views

    with bases.opened_to_read(asked.base, asked.given) as database, database.read() as session:
        paper = placement_views.paper(session, number, asked.today)
        printed = logo.content(session)
    write_file(path, render(paper, printed))
    say(f"{paper.number} : {path}")
    return 0


def _renderer(path: Path, word: Word) -> Callable[[ConventionPaper, bytes], bytes]:
    match path.suffix.lower():
        case ".pdf":
            from connexion_desktop.documents import paper_pdf

            return paper_pdf.render
        case ".docx":
            from connexion_desktop.documents import paper_docx

            return paper_docx.render
        case _:
            raise UsageError(f"« {path.name} » : le fichier doit finir par .pdf ou .docx", word)


def pilotage(asked: Order) -> int:
    """`pilotage --du DATE --au DATE -o F.xlsx|F.pdf|F.docx|F.csv [--site] [--groupe] [--noms]`."""
    from connexion_desktop.domain.activity_report import Question
    from connexion_desktop.domain.period import Period
    from connexion_desktop.usecases import logo
    from connexion_desktop.usecases import pilotage as usecase

    word, path = asked.command.word, _path(asked.needed("--sortie"))
    if path.suffix.lower() not in usecase.KINDS:
        kinds = ", ".join(usecase.KINDS)
        raise UsageError(f"« {path.name} » : le fichier doit finir par {kinds}", word)
    named = asked.command.has("--noms")
    if named and path.suffix.lower() != ".xlsx":
        raise UsageError("--noms ne va qu’avec un classeur (.xlsx)", word)
    period = Period(_day(asked.needed("--du")), _day(asked.needed("--au")))
    with bases.opened_to_read(asked.base, asked.given) as database, database.read() as session:
        site, group = map(asked.command.get, ("--site", "--groupe"))
        scope = usecase.scope_named(session, site, group)
        question = Question(period, asked.today, *scope)
        report = usecase.report(session, question, asked.ticker)
        lists = [
            (figure, usecase.lines(session, question, figure.code))
            for figure in (report.figures if named else ())
        ]
        printed = logo.content(session)
    asked.ticker.clear()
    usecase.write(report, path, lists, printed)
    say(f"{report.title}, {report.scope} : {path}")
    return 0


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises UserError."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise UserError(
            f"« {path} » n’a pas pu être écrit : {why_not_written(error)}.",
            "Rien d’autre n’a changé.",
            "Choisissez un autre fichier ou un autre dossier.",
        ) from error


def sauvegarder(asked: Order) -> int:
    """`sauvegarder DOSSIER`: an encrypted, checked backup."""
    from connexion_desktop.usecases import maintenance

    with bases.opened_to_read(asked.base, asked.given) as database:
        made = maintenance.back_up(database, _path(asked.argument()), asked.ticker)
    asked.ticker.clear()
    say(f"Sauvegarde vérifiée : {made}")
    return 0


def restaurer(asked: Order) -> int:
    """`restaurer FICHIER`: a backup in the place of the base, which is kept aside."""
    from connexion_desktop.usecases import maintenance

    file = _path(asked.argument())
    with bases.key_of_backup(file, asked.base, asked.given) as key:
        aside = maintenance.restore(file, asked.base, key, asked.ticker)
        asked.ticker.clear()
        say(f"Base restaurée : {asked.base}")
        if aside is not None:
            if maintenance.is_another(aside, asked.base, key):
                say("Une autre base était à cette place.")
            say(f"L’ancienne base est gardée : {aside}")
    return 0


def verifier(asked: Order) -> int:
    """`verifier`: check the whole base; 1 if it is damaged."""
    from connexion_desktop.usecases import maintenance

    with bases.opened_to_read(asked.base, asked.given) as database:
        report = maintenance.verify(database, asked.ticker)
    asked.ticker.clear()
    tell = say if report.sound else output.complain
    for line in report.lines:
        tell(line)
    return 0 if report.sound else 1


WORDS: dict[str, Callable[[Order], int]] = {
    "demo": demo,
    "importer": importer,
    "lister": lister,
    "convention": convention,
    "pilotage": pilotage,
    "sauvegarder": sauvegarder,
    "restaurer": restaurer,
    "verifier": verifier,
}


def _path(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # « ~nobody »: a name like another, then
        return Path(text)


def _written(text: str, word: Word) -> str:
    """A text that is to be looked for or kept. Raises UsageError if it is none."""
    if not text.isprintable() and any("\udc80" <= each <= "\udcff" for each in text):
        raise UsageError(f"« {text} » n’est pas un texte en UTF-8", word)
    return text


def _number(text: str | None) -> int:
    if text is None:
        return 0
    if not text.isdecimal() or not 0 < int(text) <= MOST_PEOPLE:
        raise UsageError(f"« {text} » n’est pas un nombre de 1 à {MOST_PEOPLE}")
    return int(text)


def _day(text: str | None) -> date:
    today = datetime.now().astimezone().date()
    if text is None:
        return today
    from connexion_desktop.domain.typed_dates import DatePurpose, parse_date

    found = parse_date(text, DatePurpose.EVENT, today).date
    if found is None or found.precision is not Precision.DAY:
        raise UsageError(f"« {text} » n’est pas une date (écrivez par exemple 2026-04-21)")
    return found.day


def _author() -> str:
    try:
        return f"{COMMAND_LINE}{getpass.getuser()}"
    except (OSError, KeyError):
        return f"{COMMAND_LINE}inconnu"
