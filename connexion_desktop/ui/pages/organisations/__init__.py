"""The structures: who they are to us, what was done there."""

from connexion_desktop.ui.pages.organisations.page import OrganisationsPage as OrganisationsPage
