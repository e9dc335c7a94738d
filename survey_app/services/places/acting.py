"""Who asks: in which role, and for what they answer. Services that change something are told, and check."""

from __future__ import annotations

from dataclasses import dataclass, field

from survey_app.errors import Refused
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.services.places.roles import Role as Role
from survey_app.services.places.scope import NOWHERE, PROVINCE, Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text

#: Said of what may be changed, and of what may be seen.
NOT_YOURS = Text(
    "Anda tidak berwenang atas {place}. Hubungi admin provinsi.",
    "You are not authorised for {place}. Please ask the provincial administrator.",
)
OTHER_ROLES = Text(
    "Hanya dapat dilakukan oleh peran {roles}. Hubungi admin provinsi.",
    "Only these roles can do this: {roles}. Please ask the provincial administrator.",
)

KEY_LACKS = Text(
    "Kunci API ini tidak mencakup hak {action}. Buat kunci lain dengan hak itu.",
    "This API key does not include the right {action}. Make another key with that right.",
)


@dataclass(frozen=True)
class Acting:
    """Somebody in a role, within a scope.

    `account` is the id of who has signed in; None on the command line, for schedules and demonstrations.
    `by` is who it is in the audit log, `network` a shortened address: neither decides anything. `only` is
    what of the role may be used: a key for another program has less than who made it. None is all of it.
    """

    role: Role
    scope: Scope = PROVINCE
    account: int | None = None
    by: str = field(default="", compare=False)
    network: str = field(default="", compare=False)
    only: frozenset[Action] | None = field(default=None, kw_only=True)

    def may(self, action: Action) -> bool:
        """Whether the role allows it at all; where, the scope says."""
        return self.role in PERMISSIONS[action] and (self.only is None or action in self.only)

    def require(self, entry: UnitEntry, action: Action) -> None:
        """Raises: Refused `role-refused` for another role, `scope-refused` for a unit outside the scope."""
        self.require_action(action)
        if not self.scope.covers(entry):
            raise Refused("scope-refused", NOT_YOURS.format(place=entry.unit.name))

    def require_whole(self, agency: str | None, action: Action) -> None:
        """As `require`, for what concerns a whole agency, or the whole province (None)."""
        self.require_action(action)
        if not self.scope.covers_whole(agency):
            place = agency or Text("seluruh provinsi", "the whole province")
            raise Refused("scope-refused", NOT_YOURS.format(place=place))

    def require_action(self, action: Action) -> None:
        """Raises: Refused `role-refused`, `key-refused` where the role could and the key may not."""
        if self.role in PERMISSIONS[action] and not self.may(action):
            raise Refused("key-refused", KEY_LACKS.format(action=action.value))
        if not self.may(action):
            roles = ", ".join(sorted(PERMISSIONS[action]))
            raise Refused("role-refused", OTHER_ROLES.format(roles=roles))


#: Whoever has the machine: the command line, and the demonstration.
ADMIN = Acting(Role.ADMIN)
#: Whoever has not signed in: in no place, so that a question asked without a look at the role finds nothing.
ANYBODY = Acting(Role.PUBLIC, NOWHERE)
