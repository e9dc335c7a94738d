"""Who acts on the command line: whoever has the machine, written down as its user."""

from __future__ import annotations

import getpass
from dataclasses import replace

from survey_app.services.places.acting import ADMIN, Acting


def operator() -> Acting:
    """An administrator of the whole province; no account is called so, as none has a blank or a bracket."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        # A container may run as a number that no user has.
        user = "?"
    return replace(ADMIN, by=f"{user} (command line)"[:120])
