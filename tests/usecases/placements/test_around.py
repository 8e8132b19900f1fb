"""Who takes part: hosts, the prescriber, the people met."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from connexion_desktop.data import models as m
from connexion_desktop.data.database import Database
from connexion_desktop.domain.errors import UserError
from connexion_desktop.domain.placement_file import EditHost, EditPrescriber, NewHost, NewStaff
from connexion_desktop.usecases import (
    placement_facts,
    placement_hosts,
    placement_prescriber,
    placement_views,
)
from tests.factories import person
from tests.placement_base import Office, issued, new_act

from .acts import do, form, make, revise


class TestHosts:
    @pytest.mark.parametrize(
        "typed",
        [
            "bas",
            "BASSINS",
            "résidence bas",
            "residence",
            "begles",
            "2133006",
            "Résidense des basins",
        ],
    )
    def test_they_are_found_by_three_letters_a_town_or_digits(
        self, database: Database, office: Office, typed: str
    ) -> None:
        with database.read() as session:
            found = placement_hosts.find_hosts(session, typed)
        assert [each.name for each in found] == ["Résidence des Bassins"]

    def test_an_apostrophe_and_an_accent_do_not_hide_one(
        self, database: Database, office: Office
    ) -> None:
        with database.read() as session:
            found = placement_hosts.find_hosts(session, "l'etoi")
        assert [each.name for each in found] == ["L’Étoile de Mériadeck"]

    def test_nothing_typed_shows_those_used_most(self, database: Database, office: Office) -> None:
        issued(database, office)
        with database.read() as session:
            found = placement_hosts.find_hosts(session, "")
        assert [(each.name, each.past_text) for each in found] == [
            ("Résidence des Bassins", "déjà 1 immersion"),
            ("L’Étoile de Mériadeck", ""),
        ]

    def test_what_resembles_nothing_finds_nothing(self, database: Database, office: Office) -> None:
        with database.read() as session:
            assert placement_hosts.find_hosts(session, "zzzzzz") == ()

    def test_a_new_one_is_found_at_once_and_mended_in_place(
        self, database: Database, office: Office
    ) -> None:
        made = do(
            database,
            lambda session: placement_hosts.add_host(session, NewHost(uuid4(), " Garage du Lac ")),
        )
        for field, value in {"siret": "213 300 635 000 18", "city": "Bruges"}.items():
            with database.write(new_act()) as session:
                placement_hosts.edit_host(session, EditHost(made, field, value))
        with database.read() as session:
            (found,) = placement_hosts.find_hosts(session, "bruges")
        assert (found.name, found.siret) == ("Garage du Lac", "21330063500018")
        assert "clé" in found.siret_problem

    def test_a_host_keeps_a_name(self, database: Database, office: Office) -> None:
        with pytest.raises(UserError, match="nom"):
            do(
                database,
                lambda session: placement_hosts.edit_host(
                    session, EditHost(office.host, "name", " ")
                ),
            )
        with pytest.raises(UserError, match="nom"):
            do(
                database,
                lambda session: placement_hosts.add_host(session, NewHost(uuid4(), " ")),
            )

    def test_the_convention_being_modified_is_not_of_the_host_s_past(
        self, database: Database, office: Office
    ) -> None:
        made = issued(database, office)
        revise(database, made)
        host = form(database, made).host
        assert host is not None and host.past_text == ""


class TestPrescriber:
    def test_the_association_is_told_in_place(self, database: Database, office: Office) -> None:
        made = make(database, office)
        do(
            database,
            lambda session: placement_prescriber.edit_prescriber(
                session, EditPrescriber("siret", "732 829 320 00074")
            ),
        )
        shown = form(database, made)
        assert shown.prescriber.details["siret"] == "73282932000074"
        assert shown.paper.prescriber.body.siret == "73282932000074"

    @pytest.mark.file_alone("the server has its team")
    def test_a_conseiller_is_written_from_the_form(
        self, database: Database, office: Office
    ) -> None:
        made = make(database, office)
        command = NewStaff(uuid4(), made, "Yves de la Tour")
        do(database, lambda session: placement_prescriber.add_staff(session, command))
        shown = form(database, made)
        assert shown.paper.accompaniment.referent.name == "Yves de la Tour"
        assert len(shown.lists.staff) == 2

    def test_the_settings_of_the_association_are_read(
        self, database: Database, office: Office
    ) -> None:
        with database.write(new_act()) as session:
            for key, value in {
                "placement.same_number_day_included": True,
                "placement.same_host_days_max": 45,
                "placement.delegation_warning_months": [2, 6],
                "placement.late_working_days": "bientôt",
            }.items():
                row = session.scalars(select(m.Setting).where(m.Setting.key == key)).one()
                row.value = value
        with database.read() as session:
            settings = placement_facts.rule_settings(session)
        assert settings.same_number_day_included
        assert settings.max_same_host_days == 45
        assert settings.delegation_warning_months == (2, 6)
        assert settings.late_working_days == 2


class TestPeople:
    def test_those_in_follow_up_are_proposed_those_of_the_group_first(
        self, database: Database, office: Office
    ) -> None:
        with database.read() as session:
            found = placement_views.people_to_place(session, office.cohort, "dial")
            assert placement_views.people_to_place(session, office.cohort, "zzz") == ()
        assert [(each.label, each.detail) for each in found] == [
            ("Aïssatou Diallo", "Bordeaux · mars 2026")
        ]

    def test_somebody_met_without_a_journey_is_not(
        self, database: Database, office: Office
    ) -> None:
        do(database, lambda session: person(session, "Ida", "Sans-Groupe"))
        with database.read() as session:
            assert placement_views.people_to_place(session, None, "sans") == ()
