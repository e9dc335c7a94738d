"""The place that somebody names for what is to be made there, inside the own one."""

from __future__ import annotations

from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database


def own_place(database: Database, acting: Acting, scope: Scope, action: Action) -> Scope:
    """The place by the codes that are kept, for who may do that in all of it.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `agency-unknown`, `unit-unknown`.
    """
    if scope.unit is not None:
        return Scope(unit=catalogue.required(database, acting, scope.unit, action).unit.code)
    agency = None if scope.agency is None else catalogue.find_agency(database, scope.agency).code
    acting.require_whole(agency, action)
    return Scope(agency=agency)
