"""What a provider decides is written down as what people decide here."""

from __future__ import annotations

import json

from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from tests.services.accounts.test_oidc import Desk, code
from tests.services.accounts.test_oidc import desk as desk


def test_what_claims_give_and_take_is_written_down_and_so_is_who_is_turned_away(desk: Desk) -> None:
    for wanted in ("lihat", "lihat", "admin"):
        session = desk.sign_in(wanted)
    assert code(lambda: desk.sign_in("lain")) == "oidc-no-role"
    with desk.database.read() as connection:
        found = audit.read(connection, Wanted(), None)
    told = [(e.who, json.loads(e.what)) for e in reversed(found) if e.action == "manage-people"]
    given = [
        ([role["role"] for role in what["roles"]], [role["role"] for role in what["had"]])
        for who, what in told
        if who == session.login
    ]
    assert given == [(["auditor"], []), (["admin"], ["auditor"]), ([], ["admin"])]
    refused = [json.loads(e.what) for e in found if e.refused]
    assert refused == [{"way": "provider", "code": "oidc-no-role"}]
