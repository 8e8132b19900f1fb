"""What it takes to go over to the office's server."""

from __future__ import annotations

from dataclasses import dataclass

from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.servers import NewUser, ServerAddress, check_login

SHORTEST = 12
"""The fewest characters of a password of the team."""


@dataclass(frozen=True, slots=True)
class ToServer:
    """`address` and `password` are those of whoever keeps the server; `me`, who will work on it
    with `my_password`."""

    address: ServerAddress
    password: str
    me: NewUser
    my_password: str

    def check(self) -> None:
        """Raise UserError for what the server would refuse halfway."""
        self.address.check()
        if not self.me.login:
            raise UserError(
                "Il manque votre identifiant.",
                "Rien n’a été fait.",
                "Choisissez celui de votre travail de chaque jour : « n.ferrand ».",
            )
        check_login(self.me.login)
        if " " not in self.me.name.strip():
            raise UserError(
                "Il manque votre prénom et votre nom.",
                "Rien n’a été fait.",
                "Écrivez-les comme l’équipe les lira : « Nadia Ferrand ».",
            )
        if self.me.login == self.address.login:
            raise UserError(
                "Votre identifiant ne peut pas être celui de l’administrateur.",
                "Rien n’a été fait.",
                "Choisissez-en un pour travailler : « n.ferrand ».",
            )
        if len(self.my_password) < SHORTEST:
            raise UserError(
                f"Votre mot de passe est trop court : {SHORTEST} caractères au moins.",
                "Rien n’a été fait.",
                "Quatre ou cinq mots sans rapport en font un bon.",
            )
        if not self.me.roles:
            raise UserError("Cochez au moins un rôle.", "Rien n’a été fait.")
