"""Who asks: in which role, and for what they answer. Services that change something are told, and check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from survey_app.errors import Refused
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text


class Role(StrEnum):
    """The roles of the people who work with the results."""

    OPERATOR = "operator"
    MANAGER = "pengelola"
    LEADERSHIP = "pimpinan"
    ADMIN = "admin"


#: Who decides which agencies, units, questionnaires and schedules there are.
ADMINS = frozenset({Role.ADMIN})
#: Who looks after a unit: its services, hours, users served, codes, reports and follow-up.
MANAGERS = ADMINS | {Role.MANAGER}
#: Who may have what stays inside: every sheet, every comment, counts of few people, names in comments.
INSIDE = MANAGERS | {Role.LEADERSHIP}
#: Who works at a unit's counter: types paper sheets in, and sets up kiosks.
OPERATORS = MANAGERS | {Role.OPERATOR}
#: Said of what may be changed, and of what may be seen.
NOT_YOURS = Text(
    "Anda tidak berwenang atas {place}. Hubungi admin provinsi.",
    "You are not authorised for {place}. Please ask the provincial administrator.",
)
OTHER_ROLES = Text(
    "Hanya dapat dilakukan oleh peran {roles}. Hubungi admin provinsi.",
    "Only these roles can do this: {roles}. Please ask the provincial administrator.",
)


@dataclass(frozen=True)
class Acting:
    """Somebody in a role, within a scope. A role is recorded, a person is not."""

    role: Role
    scope: Scope = PROVINCE

    def require(self, entry: UnitEntry, roles: frozenset[Role]) -> None:
        """Raises: Refused `role-refused` for another role, `scope-refused` for a unit outside the scope."""
        self.require_role(roles)
        if not self.scope.covers(entry):
            raise Refused("scope-refused", NOT_YOURS.format(place=entry.unit.name))

    def require_whole(self, agency: str | None, roles: frozenset[Role]) -> None:
        """As `require`, for what concerns a whole agency, or the whole province (None)."""
        self.require_role(roles)
        if not self.scope.covers_whole(agency):
            place = agency or Text("seluruh provinsi", "the whole province")
            raise Refused("scope-refused", NOT_YOURS.format(place=place))

    def require_role(self, roles: frozenset[Role]) -> None:
        """Raises: Refused `role-refused`."""
        if self.role not in roles:
            raise Refused("role-refused", OTHER_ROLES.format(roles=", ".join(sorted(roles))))


#: Whoever has the machine: the command line, and the demonstration.
ADMIN = Acting(Role.ADMIN)
