"""SQL and bytes that are no text, typed into every field of every page, and every button pressed after it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.pages.specs import PAGES
from survey_app.services.accounts import people
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, words_of
from tests.reports import samples
from tests.signing_in import account_of
from tests.submissions import NOW, stored

HOSTILE = 'x\'; DROP TABLE response; DELETE FROM account; -- " OR ""=" %_ \x00'
#: What a driver or a database says of SQL that it could not read.
FAULTS = ("syntax error", 'near "', "unterminated", "sqlite3", "psycopg", "Traceback")
#: It ends what the test looks at.
_NOT_PRESSED = ("sign-out",)


@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
def test_sql_in_every_field_of_every_page_is_text(path: str, open_page: OpenPage, database: Database) -> None:
    samples.sekadau(database)
    account_of(database, Role.OPERATOR, PROVINCE, NOW, login="eko")
    before = (
        stored(database),
        len(people.listed(database, ADMIN)),
        len(catalogue.list_units(database, PROVINCE)),
    )
    fields = 0
    app = open_page(path)
    for key in [
        button.key for button in app.button if button.key not in _NOT_PRESSED and not button.disabled
    ]:
        fields = max(fields, typed(app))
        button = next((one for one in app.button if one.key == key and not one.disabled), None)
        if button is not None:
            button.click()
        app.run()
        assert not app.exception, key
        assert [fault for fault in FAULTS if fault in words_of(app)] == [], key
    typed(app)
    app.run()
    assert not app.exception
    after = (
        stored(database),
        len(people.listed(database, ADMIN)),
        len(catalogue.list_units(database, PROVINCE)),
    )
    assert all(then <= now for then, now in zip(before, after, strict=True))


def typed(app: AppTest) -> int:
    """Fill in every field of text; how many there were."""
    fields = [field for kind in (app.text_input, app.text_area) for field in kind if not field.disabled]
    for field in fields:
        field.set_value(HOSTILE)
    return len(fields)


def test_pages_have_fields_to_type_into(open_page: OpenPage, database: Database) -> None:
    """Else the test above would type nowhere."""
    samples.sekadau(database)
    found = {path: typed(open_page(path)) for path in ("pengaturan", "petugas", "jejak-audit", "laporan")}
    assert all(found.values()), found
