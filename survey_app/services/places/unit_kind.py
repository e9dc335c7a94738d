"""Which kind of unit a unit is."""

from __future__ import annotations

from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_kinds import known_kind
from survey_app.storage import places
from survey_app.storage.database import Database


@audited(
    Action.MANAGE_UNIT,
    "kind",
    before=lambda database, given: catalogue.find_unit(database, given["unit_code"], PROVINCE).unit.kind,
)
def set_kind(database: Database, acting: Acting, unit_code: str, kind: str | None) -> None:
    """Say which kind of unit it is; None: not known yet.

    Raises: NotFound `unit-unknown`, `kind-unknown`; Refused `role-refused`, `scope-refused`.
    """
    unit = catalogue.required(database, acting, unit_code, Action.MANAGE_UNIT).unit
    said = known_kind(kind)
    database.write(lambda connection: places.set_unit(connection, unit.id, kind=said))
