"""Which refusals are written down: the first ones of an hour, then each doubling, with how many there were.

Whoever tries a thousand passwords or codes would else fill the log, and hide in it what else was done. An
attack stays visible: that it took place, from where, on which account, and how large it was to a factor of 2.
"""

from __future__ import annotations

from survey_app.services.places.acting import Acting
from survey_app.services.places.roles import Role
from survey_app.storage import refusals
from survey_app.storage.database import Connection

#: How many of one person, or of one account from one network, are written down one by one in an hour; and of
#: all who have not signed in together.
ONE, STRANGERS = 20, 100


def worth_telling(connection: Connection, acting: Acting) -> dict[str, int] | None:
    """Count one more refusal; None where it is not written down, else what is said of how many there were."""
    doer = acting.viewer or acting
    own = f"{doer.account}\n{doer.by}\n{doer.network}"
    if doer.role is not Role.PUBLIC:
        (mine,) = refusals.count(connection, own)
        return _told(refused=mine) if _stands_out(mine, ONE) else None
    mine, everybody = refusals.count(connection, own, "strangers")
    # Of an account that there is each doubling is told, however many strangers try others meanwhile.
    of_account = refusals.count(connection, f"account\n{doer.by}")[0] if doer.by else 0
    told = _stands_out(mine, ONE) and _stands_out(everybody, STRANGERS)
    flood = everybody > STRANGERS and _stands_out(everybody, 0)
    if told or flood or _stands_out(of_account, 0):
        return _told(refused=mine, refused_account=of_account, refused_all=everybody)
    return None


def _stands_out(count: int, free: int) -> bool:
    """One of the first, or a power of two."""
    return 0 < count <= free or (count > 0 and count & (count - 1) == 0)


def _told(**counts: int) -> dict[str, int]:
    """A single refusal needs no number."""
    return {name: count for name, count in counts.items() if count > 1}
