"""The words that keep the office's server: each calls one use case and tells the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from connexion_desktop.cli import bases, servers
from connexion_desktop.cli.order import Order, path_of, text_of
from connexion_desktop.cli.output import say
from connexion_desktop.cli.parser import UsageError
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.moved import lines, summary
from connexion_desktop.domain.servers import NewUser, Role

if TYPE_CHECKING:
    from connexion_desktop.domain.servers import ServerState
    from connexion_desktop.usecases.moving import Moved


def preparer(asked: Order) -> int:
    """`serveur preparer --serveur NOM [--association NOM]`."""
    from connexion_desktop.usecases import server_team

    name = _text(asked, "--association") or bases.ASSOCIATION
    with servers.reached(asked) as (address, password):
        was_empty = server_team.prepare(address, password, name)
    if was_empty:
        say(f"Serveur « {address.name} » prêt : {name}.")
        say("Donnez maintenant un accès à chacun : « serveur ajouter-utilisateur ».")
    else:
        say(f"Serveur « {address.name} » à jour : structure et droits.")
    return 0


def migrer(asked: Order) -> int:
    """`serveur migrer --serveur NOM [--fichier BASE --cle FICHIER]`."""
    from connexion_desktop.usecases import moving

    with servers.reached(asked) as (address, password):
        moving.refuse_gone(asked.base)
        key = bases.known_key(asked.base, asked.given)
        moved = moving.to_server(asked.base, key, address, password, asked.ticker)
    asked.ticker.clear()
    _say_counted(f"Tout est sur le serveur « {address.name} »", moved)
    say(f"La base locale est mise de côté, intacte : {moved.file}")
    return 0


def rapatrier(asked: Order) -> int:
    """`serveur rapatrier --vers BASE --serveur NOM`."""
    from connexion_desktop.usecases import moving

    path = path_of(asked.needed("--vers"))
    if not path.parent.is_dir():
        raise UserError(
            f"Le dossier « {path.parent} » n’existe pas.",
            "Rien n’a été fait : le serveur est comme avant.",
            "Créez-le, ou choisissez un autre dossier.",
        )
    with servers.reached(asked) as (address, password):
        if moving.finish(address, password, path):
            say(f"Ce qui était commencé est fini : {path}")
            return 0
        moving.refuse_twice(address, password, path)
        with bases.new_key(path, asked.given, show_code=True) as key:
            moved = moving.to_file(address, password, path, key, asked.ticker)
    asked.ticker.clear()
    if not moved.certain:
        raise moving.unsettled(address, moved)
    _say_counted(f"Tout est dans {path}", moved)
    say(
        f"Le serveur « {address.name} » est vidé : il garde l’association et les accès de l’équipe."
    )
    return 0


def _say_counted(begun: str, moved: Moved) -> None:
    say(f"{begun}, compté table par table des deux côtés : {summary(moved.counts)}.")
    for table, number in lines(moved.counts):
        say(f"  {table} : {number}")


def ajouter_utilisateur(asked: Order) -> int:
    """`serveur ajouter-utilisateur IDENTIFIANT --serveur NOM --nom … --role … [--site …]`."""
    from connexion_desktop.usecases import server_team

    user = NewUser(
        text_of(asked.argument(), asked.command.word),
        _text(asked, "--nom"),
        _roles(asked),
        _text(asked, "--site"),
    )
    with servers.reached(asked) as (address, password):
        file = asked.file("--nouveau-mot-de-passe")
        given = None if file is None else servers.line_of(file)
        made = server_team.add_user(address, password, user, given)
    say(f"« {user.login} » ouvre le serveur « {address.name} ».")
    if made is not None:
        say(f"Mot de passe, montré cette seule fois : {made}")
    return 0


def retirer_utilisateur(asked: Order) -> int:
    """`serveur retirer-utilisateur IDENTIFIANT --serveur NOM`."""
    from connexion_desktop.usecases import server_team

    login = text_of(asked.argument(), asked.command.word)
    with servers.reached(asked) as (address, password):
        name = server_team.remove_user(address, password, login, asked.today)
    say(f"{name} : départ noté, « {login} » n’ouvre plus le serveur « {address.name} ».")
    return 0


def etat(asked: Order) -> int:
    """`serveur etat --serveur NOM`."""
    from connexion_desktop.usecases import server_team

    with servers.reached(asked) as (address, password):
        state = server_team.look(address, password)
    for line in _lines(state):
        say(line)
    return 0


def _lines(state: ServerState) -> list[str]:
    many = "s" if state.people > 1 else ""
    lines = [
        f"Association : {state.association}",
        f"PostgreSQL : {state.postgres}",
        f"Connexion : {f'chiffrée ({state.tls})' if state.tls else 'non chiffrée (ce poste)'}",
        f"Structure : version {state.schema}",
        f"Personnes : {state.people} fiche{many}"
        + (" que vous pouvez compter" if state.me else ""),
        f"Connectés de l’équipe : {state.connected}",
    ]
    if not state.is_present:
        lines.append(
            "La structure n’est pas celle de cette version de l’application : lancez « serveur"
            " preparer » avec la plus récente."
        )
    if state.me is not None:
        lines.append(f"Vous : {state.me.name}")
    lines.append("Équipe :")
    for each in state.team:
        roles = ", ".join(each.roles) or "aucun rôle"
        login = each.login or "pas d’identifiant"
        closed = "" if each.opens or not each.login else " (n’ouvre pas le serveur)"
        lines.append(f"  {each.name} : {login}{closed} : {roles}")
    return lines


def _roles(asked: Order) -> tuple[Role, ...]:
    codes = [code.strip() for code in (asked.command.get("--role") or "").split(",")]
    try:
        return tuple(Role(code) for code in codes if code)
    except ValueError as error:
        raise UsageError(
            f"« {asked.command.get('--role')} » : au choix, {', '.join(Role)}", asked.command.word
        ) from error


def _text(asked: Order, option: str) -> str:
    return text_of(asked.command.get(option) or "", asked.command.word)


WORDS: dict[str, Callable[[Order], int]] = {
    "serveur preparer": preparer,
    "serveur migrer": migrer,
    "serveur rapatrier": rapatrier,
    "serveur ajouter-utilisateur": ajouter_utilisateur,
    "serveur retirer-utilisateur": retirer_utilisateur,
    "serveur etat": etat,
}
