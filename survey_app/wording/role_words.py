"""Roles and the places they are for, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from survey_app.services.places.roles import Role
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text

ROLES: Mapping[Role, Text] = MappingProxyType(
    {
        Role.ADMIN: Text("Admin", "Administrator"),
        Role.MANAGER: Text("Pengelola", "Manager"),
        Role.OPERATOR: Text("Operator", "Operator"),
        Role.LEADERSHIP: Text("Pimpinan", "Leader"),
        Role.AUDITOR: Text("Auditor", "Auditor"),
        Role.PUBLIC: Text("Warga", "Citizen"),
    }
)
WHOLE_PROVINCE = Text("seluruh provinsi", "the whole province")


def place_words(scope: Scope, entries: Iterable[UnitEntry]) -> Text:
    """The place of a role: its name as the units know it, and its code where none does any more."""
    if scope.unit is None and scope.agency is None:
        return WHOLE_PROVINCE
    for entry in entries:
        if scope.unit == entry.unit.code:
            return Text(entry.unit.name, entry.unit.name)
        if scope.unit is None and scope.agency == entry.agency.code:
            return Text(entry.agency.name, entry.agency.name)
    code = scope.unit or scope.agency or ""
    return Text(code, code)
