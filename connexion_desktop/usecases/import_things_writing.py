"""Writing an import's equipment, loans and companies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from connexion_desktop.data import models as m
from connexion_desktop.domain.import_reading import EquipmentRead, HostRead
from connexion_desktop.domain.names import fold, fold_to_keep
from connexion_desktop.usecases.import_decisions import Decision
from connexion_desktop.usecases.import_loans import Lending
from connexion_desktop.usecases.import_pending import Pending
from connexion_desktop.usecases.import_things import mends_siret


class ThingsWriter:
    """See the module."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending
        self._present = pending.present

    def equipment(self, row: Decision, read: EquipmentRead) -> None:
        """A computer: made, or completed."""
        if row.target is None:
            return
        values = {
            "model": read.model,
            "serial": read.serial,
            "value_cents": read.value_cents,
            "condition": read.condition,
            "accessories": read.accessories,
        }
        equipment = self._present.equipment.get(row.target)
        if equipment is None:
            state = "repair" if read.in_repair else "available"
            self._make_equipment(row.target, read.number, state, **values)
        else:
            self._pending.complete(equipment, values, equipment.id)
        self._pending.flag("equipment", row.target, row)

    def _make_equipment(self, id: UUID, number: str, state: str, **values: Any) -> m.Equipment:
        equipment = m.Equipment(id=id, number=number, state=state, **values)
        self._present.equipment[id] = equipment
        self._pending.make(equipment, "equipment")
        return equipment

    def lend(self, lending: Lending) -> None:
        """A hand-over; the equipment that no sheet lists is made with it."""
        item, journey = lending.item, self._present.journeys.get(lending.person_id)
        equipment = self._present.equipment.get(item.id) or self._make_equipment(
            item.id, item.number, "lent"
        )
        equipment.state = "lent"
        loan = m.Loan(
            equipment_id=equipment.id,
            person_id=lending.person_id,
            journey_id=journey.id if journey is not None else None,
            lent_on=lending.lent_on,
            due_on=lending.due_on,
            condition_out=lending.condition,
            accessories_out=lending.accessories,
        )
        self._pending.make(loan, "loan")

    def host(self, row: Decision, read: HostRead) -> None:
        """A company and its contact: made, or completed."""
        if row.target is None:
            return
        values = {
            "siret": read.siret,
            "activity": read.activity,
            "address": read.address,
            "postal_code": read.postal_code,
            "city": read.city,
            "phone": read.phone,
            "email": read.email,
        }
        host = self._present.hosts.get(row.target)
        if host is None:
            host = m.Organisation(
                id=row.target, name=read.name, folded=fold_to_keep(read.name), **values
            )
            self._present.hosts[host.id] = host
            self._pending.make(host, "host")
        else:
            if host.siret and mends_siret(host.siret, read.siret or ""):
                host.siret = None
            self._pending.complete(host, values, host.id)
        if (host.id, "host") not in self._present.roles:
            self._present.roles.add((host.id, "host"))
            self._pending.add(m.OrganisationRole(organisation_id=host.id, role="host"))
        if read.contact is not None:
            self._contact(host.id, read, read.contact)
        self._pending.flag("organisation", host.id, row)

    def _contact(self, host_id: UUID, read: HostRead, name: str) -> None:
        known = self._present.contacts[host_id].get(fold(name))
        values = {"function": read.function, "phone": read.phone, "email": read.email}
        if known is None:
            contact = m.Contact(organisation_id=host_id, name=name, **values)
            self._present.contacts[host_id][fold(name)] = contact
            self._pending.make(contact, "contact")
        else:
            self._pending.complete(known, values, host_id)
