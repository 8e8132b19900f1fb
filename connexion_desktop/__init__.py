"""Connexion Desktop: the workstation application of « Connexion des possibles »."""
