"""How many of the people a unit served belong to each option of a profile field: recorded by who runs it."""

from __future__ import annotations

from collections.abc import Mapping

from analytics import Period
from survey_app import instruments
from survey_app.errors import Problem, Refused
from survey_app.instruments import Instrument, ProfileField
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import Given, audited
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import users_by_profile
from survey_app.storage.database import Database
from survey_app.storage.users_by_profile import Sizes
from survey_app.text import Text


def recorded(database: Database, unit_code: str, period: Period, *, within: Scope) -> Sizes:
    """What is recorded for exactly `period`, by field and option. Raises: NotFound."""
    unit = catalogue.find_unit(database, unit_code, within).unit
    with database.look() as connection:
        found = users_by_profile.read(connection, unit.id, [str(period)])
    return found.get(str(period), {})


def holding(database: Database, unit_id: int, period: Period) -> Sizes:
    """By field what holds in `period`: recorded for it, else for the shortest period that it lies in.

    Only how many there are of one beside another is used, and who comes to an office changes slowly.
    """
    around = [period]
    while (whole := around[-1].whole) is not None:
        around.append(whole)
    with database.look() as connection:
        found = users_by_profile.read(connection, unit_id, [str(p) for p in around])
    sizes: dict[str, Mapping[str, int]] = {}
    for longer in reversed(around):
        sizes |= found.get(str(longer), {})
    return sizes


def _before(database: Database, given: Given) -> object:
    return recorded(database, given["unit_code"], given["period"], within=PROVINCE).get(given["field_key"])


@audited(Action.MANAGE_UNIT, "period", "field_key", "users", before=_before)
def record(
    database: Database,
    acting: Acting,
    unit_code: str,
    period: Period,
    field_key: str,
    users: Mapping[str, int],
) -> None:
    """Record the users of every option of a field in a period; with none given the field is forgotten.

    They need not add up to the users of the services: only their shares are used.

    Raises: NotFound; Refused `role-refused`, `scope-refused`, `profile-unknown` for a field or an option that
    the unit's questionnaire does not have, `profile-incomplete`, `volume-negative`, `volume-high`,
    `profile-nobody`.
    """
    unit = catalogue.required(database, acting, unit_code, Action.MANAGE_UNIT).unit
    if users:
        _check(_field(instruments.get(unit.instrument), field_key), users)
    given = dict(users)
    database.write(lambda c: users_by_profile.put(c, unit.id, str(period), field_key, given))


def _field(instrument: Instrument, key: str) -> ProfileField:
    for field in instrument.profile:
        if field.key == key:
            return field
    raise _refused(
        "profile-unknown",
        Text("Kuesioner unit tidak menanyakan {key}.", "The unit's questionnaire does not ask {key}.").format(
            key=key
        ),
    )


def _check(field: ProfileField, users: Mapping[str, int]) -> None:
    keys = {option.key for option in field.options}
    if unknown := sorted(users.keys() - keys):
        text = Text("{name}: tidak ada pilihan {keys}.", "{name}: there is no option {keys}.")
        raise _refused("profile-unknown", text.format(name=field.name, keys=", ".join(unknown)))
    if keys - users.keys():
        text = Text(
            "{name}: isi jumlah untuk setiap pilihan, 0 jika tidak ada, atau kosongkan semuanya.",
            "{name}: give a number for every option, 0 where there is nobody, or leave all of them empty.",
        )
        raise _refused("profile-incomplete", text.format(name=field.name))
    if problems := catalogue.users_problems(users.values()):
        raise Refused.entries(problems)
    if not any(users.values()):
        text = Text("{name}: jumlahnya 0 untuk semua pilihan.", "{name}: all options have 0 users.")
        raise _refused("profile-nobody", text.format(name=field.name))


def _refused(code: str, text: Text) -> Refused:
    return Refused.entries([Problem(code, "users", text)])
