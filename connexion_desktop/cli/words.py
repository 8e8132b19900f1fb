"""What each word of the command line does: it calls one use case and tells the result."""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from connexion_desktop.cli import bases, output, server_words, servers
from connexion_desktop.cli.grammar import Word
from connexion_desktop.cli.order import MOST_WEEKS, Order, day_of, number_of, path_of, text_of
from connexion_desktop.cli.output import say
from connexion_desktop.cli.parser import UsageError
from connexion_desktop.domain.acts import COMMAND_LINE, Act
from connexion_desktop.domain.french_dates import long_day
from connexion_desktop.domain.keys import RawKey

if TYPE_CHECKING:
    from connexion_desktop.data.store import Store
    from connexion_desktop.domain.convention_paper import ConventionPaper
    from connexion_desktop.domain.import_rows import ImportPreview


def demo(asked: Order) -> int:
    """`demo --vers BASE`: a base of invented people."""
    base = path_of(asked.needed("--vers"))
    people = number_of(asked.command.get("--personnes"))
    from connexion_desktop.usecases import demo as usecase

    with bases.new_key(base, asked.given, show_code=False) as key:
        usecase.create(base, key, asked.today, people, asked.ticker)
    asked.ticker.clear()
    say(f"Base de démonstration : {base}")
    return 0


def importer(asked: Order) -> int:
    """`importer CLASSEUR --groupe NOM [--debut DATE] [--essai]`."""
    from connexion_desktop.domain.import_rows import IMPORTED, ImportRequest
    from connexion_desktop.exchange.tables import read_tables
    from connexion_desktop.usecases import import_workbook

    group = " ".join(text_of(asked.needed("--groupe"), asked.command.word).split())
    tables = read_tables(path_of(asked.argument()), asked.ticker)
    start = asked.command.get("--debut")
    request = ImportRequest(group, asked.today, starts_on=day_of(start) if start else None)
    if asked.command.has("--essai"):
        with _base_to_look_at(asked) as store:
            preview = import_workbook.look_again(store, tables, request, asked.ticker)
        asked.ticker.clear()
        _tell_preview(preview)
        _tell_start(preview, start)
        say("Essai : rien n’a été écrit.")
        return 0
    with _to_write(asked) as store:
        act = Act(_author(), IMPORTED, uuid4())
        report = import_workbook.apply(store, tables, request, act, asked.ticker)
    asked.ticker.clear()
    _tell_preview(report.preview)
    _tell_start(report.preview, start)
    say(report.sentence)
    return 0


def _to_read(asked: Order) -> AbstractContextManager[Store]:
    """The base, or the server, only to be read."""
    if asked.names_a_server:
        return servers.opened(asked)
    return bases.opened_to_read(asked.base, asked.given)


def _kept(asked: Order) -> AbstractContextManager[Store]:
    """The base, or the server, that is there, to write in it."""
    if asked.names_a_server:
        return servers.opened(asked)
    return bases.opened(asked.base, asked.given)


def _to_write(asked: Order) -> AbstractContextManager[Store]:
    """The server, or the base, made if it is absent."""
    if asked.names_a_server:
        return servers.opened(asked)
    return bases.opened_or_made(asked.base, asked.given)


@contextmanager
def _base_to_look_at(asked: Order) -> Iterator[Store]:
    """The server, or the base, or where there is none an empty one that leaves no trace."""
    if asked.names_a_server:
        with servers.opened(asked) as server:
            yield server
        return
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
    with _to_read(asked) as store, store.read() as session:
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
    path = path_of(asked.needed("--sortie"))
    render = _renderer(path, asked.command.word)
    number = text_of(asked.argument(), asked.command.word)
    from connexion_desktop.usecases import logo, papers, placement_views

    with _to_read(asked) as store, store.read() as session:
        paper = placement_views.paper(session, number, asked.today)
        printed = logo.content(session)
    papers.write_bytes(render(paper, printed), path)
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


def programme(asked: Order) -> int:
    """`programme GROUPE -o F.ics|F.pdf`."""
    from connexion_desktop.domain.agenda import AgendaOf, Whose
    from connexion_desktop.usecases import agendas, figure_words, paper_parties

    path = _file_of(asked, tuple(agendas.KINDS))
    with _to_read(asked) as store, store.report() as session:
        group = figure_words.group_named(session, text_of(asked.argument(), asked.command.word))
        agenda = agendas.read(session, AgendaOf(Whose.GROUP, group))
        issuer = paper_parties.association_of(session).name
    agendas.write(agenda, path, asked.today, issuer, asked.ticker)
    asked.ticker.clear()
    say(f"{agenda.sheet.title} : {path}")
    return 0


def emargement(asked: Order) -> int:
    """`emargement GROUPE [--semaine N] -o F.pdf`: the sheets, which are numbered and kept."""
    from connexion_desktop.documents import attendance_pdf
    from connexion_desktop.domain.attendance_paper import MADE, SheetRequest, two_weeks
    from connexion_desktop.domain.board import BoardQuery
    from connexion_desktop.usecases import attendance_sheets, figure_words, papers
    from connexion_desktop.usecases import programme as programmes

    path = _file_of(asked, (".pdf",))
    week = asked.command.get("--semaine")
    rank = number_of(week, MOST_WEEKS) if week else None
    with _kept(asked) as store:
        with store.write(Act(_author(), MADE, uuid4())) as session:
            name = text_of(asked.argument(), asked.command.word)
            query = BoardQuery(figure_words.group_named(session, name), asked.today)
            request = SheetRequest()
            if rank is not None:
                request = two_weeks(programmes.load(session, query), rank)
            paper = attendance_sheets.make(session, query, request)
        papers.write_bytes(attendance_pdf.render(paper, asked.ticker), path)
    asked.ticker.clear()
    say(f"{paper.title} : {path}")
    return 0


def _file_of(asked: Order, kinds: tuple[str, ...]) -> Path:
    """The file to write, of one of these kinds. Raises UsageError."""
    path = path_of(asked.needed("--sortie"))
    if path.suffix.lower() not in kinds:
        told = " ou ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
        raise UsageError(f"« {path.name} » : le fichier doit finir par {told}", asked.command.word)
    return path


def pilotage(asked: Order) -> int:
    """`pilotage --du DATE --au DATE -o F.xlsx|F.pdf|F.docx|F.csv [--site] [--groupe] [--noms]`."""
    from connexion_desktop.domain.activity_report import Question
    from connexion_desktop.domain.period import Period
    from connexion_desktop.usecases import figure_words, logo
    from connexion_desktop.usecases import pilotage as usecase

    word, path = asked.command.word, _file_of(asked, tuple(usecase.KINDS))
    named = asked.command.has("--noms")
    if named and path.suffix.lower() != ".xlsx":
        raise UsageError("--noms ne va qu’avec un classeur (.xlsx)", word)
    period = Period(day_of(asked.needed("--du")), day_of(asked.needed("--au")))
    with _to_read(asked) as store, store.report() as session:
        site, group = map(asked.command.get, ("--site", "--groupe"))
        scope = figure_words.scope_named(session, site, group)
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


def sauvegarder(asked: Order) -> int:
    """`sauvegarder DOSSIER`: an encrypted, checked backup."""
    from connexion_desktop.usecases import maintenance

    with bases.opened_to_read(asked.base, asked.given) as database:
        made = maintenance.back_up(database, path_of(asked.argument()), asked.ticker)
    asked.ticker.clear()
    say(f"Sauvegarde vérifiée : {made}")
    return 0


def restaurer(asked: Order) -> int:
    """`restaurer FICHIER`: a backup in the place of the base, which is kept aside."""
    from connexion_desktop.usecases import maintenance

    file = path_of(asked.argument())
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
    "programme": programme,
    "emargement": emargement,
    "pilotage": pilotage,
    "sauvegarder": sauvegarder,
    "restaurer": restaurer,
    "verifier": verifier,
    **server_words.WORDS,
}


def _author() -> str:
    try:
        return f"{COMMAND_LINE}{getpass.getuser()}"
    except (OSError, KeyError):
        return f"{COMMAND_LINE}inconnu"
