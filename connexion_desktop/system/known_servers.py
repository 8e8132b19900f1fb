"""The servers that this user knows on this computer: a small readable file, never a password."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import PORT, ServerAddress
from connexion_desktop.system.folders import config_folder
from connexion_desktop.system.whole_file import why_not_written, write_whole

_LARGEST_CA = 1 << 20  # bytes: a bundle of authorities of a whole system is half of it


def known() -> tuple[ServerAddress, ...]:
    """Those of the file, by name. What is not an address in it counts as absent."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(found, dict):
        return ()
    read = (_address(name, told) for name, told in found.items())
    return tuple(sorted((each for each in read if each is not None), key=lambda each: each.name))


def put(address: ServerAddress) -> ServerAddress:
    """Keep an address, in place of that of the same name, and the certificate of its authority with
    it: the file given may be on a key that will be taken away. Returns it as it is kept.

    Raises UserError.
    """
    address.check()
    others = [each for each in known() if each.name.casefold() != address.name.casefold()]
    try:
        kept = _with_ca(address)
        _write([*others, kept])
    except OSError as error:
        raise _refused(error) from error
    return kept


def remove(name: str) -> None:
    """Forget an address; one that is not there is left alone. Raises UserError."""
    gone = [each for each in known() if each.name == name]
    try:
        _write([each for each in known() if each.name != name])
        for each in gone:
            _kept_ca(each).unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error) from error


def _file() -> Path:
    return config_folder() / "serveurs.json"


def _kept_ca(address: ServerAddress) -> Path:
    return config_folder() / f"serveur-{address.name}.pem"


def _with_ca(address: ServerAddress) -> ServerAddress:
    if address.ca is None:
        return address
    kept = _kept_ca(address)
    if address.ca != kept:
        try:
            with address.ca.open("rb") as file:
                content = file.read(_LARGEST_CA)
        except OSError as error:
            raise UserError(
                f"Le certificat « {address.ca} » ne peut pas être lu.",
                "Rien n’a été fait.",
                "Redonnez le fichier du certificat de l’autorité (.crt, .pem).",
            ) from error
        write_whole(kept, content, private=True)
    return ServerAddress(
        address.name, address.host, address.database, address.login, address.port, kept
    )


def _write(addresses: list[ServerAddress]) -> None:
    told = {
        each.name: {
            "host": each.host,
            "port": each.port,
            "database": each.database,
            "login": each.login,
            "ca": str(each.ca) if each.ca else None,
        }
        for each in sorted(addresses, key=lambda each: each.name)
    }
    write_whole(_file(), json.dumps(told, ensure_ascii=False, indent=2).encode(), private=True)


def _address(name: str, told: Any) -> ServerAddress | None:
    try:
        ca = told["ca"]
        read = ServerAddress(
            name,
            str(told["host"]),
            str(told["database"]),
            str(told["login"]),
            int(told.get("port", PORT)),
            Path(ca) if ca else None,
        )
        read.check()
    except (KeyError, TypeError, ValueError, AttributeError, UserError):
        return None
    return read


def _refused(error: OSError) -> UserError:
    return UserError(
        f"L’adresse du serveur n’a pas pu être gardée : {why_not_written(error)}.",
        "Le serveur n’a pas été touché.",
        f"Vérifiez le dossier « {config_folder()} ».",
    )
