"""For whom a question is answered: the whole province, one agency, or one unit.

Every service that returns results takes a scope, so that a role can only widen or narrow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from survey_app.services.places.unit_entry import UnitEntry


class Reach(IntEnum):
    """How much a scope is of: more is greater."""

    UNIT = 0
    AGENCY = 1
    PROVINCE = 2


@dataclass(frozen=True)
class Scope:
    """`agency` and `unit` are codes; None is no restriction."""

    agency: str | None = None
    unit: str | None = None

    @property
    def reach(self) -> Reach:
        """One unit, an agency, or the province."""
        if self.unit is not None:
            return Reach.UNIT
        return Reach.PROVINCE if self.agency is None else Reach.AGENCY

    def covers(self, entry: UnitEntry) -> bool:
        """True when the unit lies in this scope."""
        return self.agency in (None, entry.agency.code) and self.unit in (None, entry.unit.code)

    def covers_whole(self, agency: str | None) -> bool:
        """True when every unit of the agency (None: of the province) lies in this scope."""
        return self.unit is None and self.agency in (None, agency)

    def narrowed(self, within: Scope) -> Scope:
        """What of this scope lies in `within`: never more than that, whatever was asked for.

        Of an agency or a unit elsewhere that is `within` itself, or nothing.
        """
        agency = self.agency if within.agency is None else within.agency
        return Scope(agency, self.unit if within.unit is None else within.unit)


#: Everything.
PROVINCE = Scope()
#: Nothing: no agency and no unit has an empty code.
NOWHERE = Scope("", "")
