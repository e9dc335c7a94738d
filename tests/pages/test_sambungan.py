"""The page Sambungan: keys and webhooks are made there, shown once, tried and ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.pages.sambungan import key_form, keys_view, once_view, webhook_form, webhooks_view
from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import PREFIX, Right
from survey_app.services.delivery import sent, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.sender import MOST_GIVEN_UP
from survey_app.services.delivery.webhooks import Terms
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import deliveries
from survey_app.storage import webhooks as stored_webhooks
from survey_app.storage.database import Database
from survey_app.storage.deliveries import State
from tests.pages.conftest import Browser, OpenPage, html_of, words_of
from tests.submissions import NOW

HOSTILE = "<b>Dasbor</b> **x** [y](http://z.id)"
UNIT = Scope(unit="ptsp")
KEY = "k" * 32


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_WEBHOOK_KEY", KEY)


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def hook(database: Database, name: str = "dasbor", scope: Scope = PROVINCE) -> None:
    address = "https://dasbor.contoh.go.id/masuk"
    terms = Terms(name=name, scope=scope, address=address, events=[News.RESULT])
    webhooks.make(database, ADMIN, terms, KEY.encode(), NOW)


def test_a_key_is_made_and_shown_until_it_is_put_away(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("sambungan")
    assert keys_view.NONE.id in [told.value for told in app.info]
    app.text_input(key="key-name").set_value("Dasbor pimpinan")
    app.selectbox(key="key-place").set_value("unit ptsp")
    app.checkbox(key="key-right-results").set_value(True)
    app.date_input(key="key-until").set_value(date(2026, 12, 31))
    press(app, key_form.MAKE.id)
    (made,) = api_keys.listed(database, ADMIN, NOW)
    assert (made.name, made.scope, made.rights) == ("Dasbor pimpinan", UNIT, frozenset({Right.RESULTS}))
    # To the end of that day in Kaltim, which is eight hours ahead.
    assert made.expires_at == datetime(2026, 12, 31, 16, tzinfo=UTC)
    token = app.code[0].value
    assert token.startswith(PREFIX)
    assert api_keys.authenticate(database, token, NOW) is not None
    assert once_view.KEY.format(name="Dasbor pimpinan").id in words_of(app)
    app.button(key="connection-away").click().run()
    assert token not in [shown.value for shown in app.code]
    assert "Dasbor pimpinan" in html_of(app)


def test_what_is_wrong_with_a_key_is_said(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("sambungan")
    press(app, key_form.MAKE.id)
    assert [told.value for told in app.error] == [key_form.CHOOSE_PLACE.id]
    app.selectbox(key="key-place").set_value("")
    press(app, key_form.MAKE.id)
    assert len(app.error) == 2
    assert api_keys.listed(database, ADMIN, NOW) == []


def test_a_key_is_ended_and_the_list_says_why_keys_do_not_work(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    ends = NOW + timedelta(days=30)
    for name in ("satu", HOSTILE):
        api_keys.make(database, ADMIN, name, UNIT, {Right.RESULTS}, ends, NOW)
    gone = Acting(Role.ADMIN, PROVINCE, 99)
    api_keys.make(database, gone, "tiga", UNIT, {Right.RESULTS}, ends, NOW)
    app = open_page("sambungan")
    assert "pembuatnya tidak lagi memiliki peran itu" in html_of(app)
    assert HOSTILE not in html_of(app)
    assert "&lt;b&gt;Dasbor" in html_of(app)
    app.selectbox(key="key-chosen").set_value(1).run()
    app.button(key="key-end-1").click().run()
    states = {key.name: key.state for key in api_keys.listed(database, ADMIN, NOW)}
    assert states == {"satu": "ended", HOSTILE: "works", "tiga": "maker-gone"}
    assert "Diakhiri" in html_of(app)


def test_a_webhook_is_made_tried_and_switched_off(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("sambungan")
    app.text_input(key="webhook-name").set_value("Dasbor")
    app.text_input(key="webhook-address").set_value("https://10.0.0.1/")
    app.selectbox(key="webhook-place").set_value("agency dpmptsp")
    app.checkbox(key="webhook-news-result.published").set_value(True)
    press(app, webhook_form.MAKE.id)
    assert len(app.error) == 1
    app.text_input(key="webhook-address").set_value("https://dasbor.contoh.go.id/masuk")
    press(app, webhook_form.MAKE.id)
    (made,) = webhooks.listed(database, ADMIN)
    assert (made.scope, made.events) == (Scope(agency="dpmptsp"), frozenset({News.RESULT}))
    assert app.code[0].value.startswith("whsec_")
    app.button(key="webhook-test-1").click().run()
    assert [one.delivery.event for one in sent.listed(database, ADMIN)] == ["webhook.test"]
    assert "Pesan uji" in html_of(app)
    app.button(key="webhook-switch-1").click().run()
    assert not webhooks.listed(database, ADMIN)[0].active
    assert webhooks_view.OFF.id in html_of(app)
    app.button(key="webhook-end-1").click().run()
    assert webhooks.listed(database, ADMIN) == []


def test_a_webhook_that_failed_too_often_says_so_and_what_to_do(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    hook(database, HOSTILE)
    database.write(lambda c: stored_webhooks.count(c, 1, given_up=MOST_GIVEN_UP))
    database.write(lambda c: stored_webhooks.set_active(c, 1, active=False))
    app = open_page("sambungan")
    (warning,) = [told.value for told in app.warning]
    assert "dinonaktifkan otomatis" in warning
    assert HOSTILE not in warning
    assert webhooks_view.FAILED.id in html_of(app)
    assert not [b for b in app.button if b.key == "webhook-test-1"]
    app.button(key="webhook-switch-1").click().run()
    assert not app.warning
    assert webhooks.listed(database, ADMIN)[0].active


def test_a_delivery_is_shown_with_its_answer_and_sent_again(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    hook(database)
    webhooks.send_test(database, ADMIN, 1, NOW)
    database.write(lambda c: deliveries.give_up_all(c, "webhook", "1", "no-trust", NOW))
    app = open_page("sambungan")
    assert "Tidak terkirim" in html_of(app)
    assert "dasbor" in html_of(app)
    app.button(key="delivery-again").click().run()
    (one,) = sent.listed(database, ADMIN)
    assert one.delivery.state is State.WAITING
    assert not [b for b in app.button if b.key == "delivery-again"]


def test_a_manager_sees_and_offers_what_lies_in_the_own_place(
    open_page: OpenPage, database: Database, unit: UnitEntry, browser: Browser
) -> None:
    ends = NOW + timedelta(days=30)
    api_keys.make(database, ADMIN, "seluruh provinsi punya", PROVINCE, {Right.RESULTS}, ends, NOW)
    hook(database, "webhook provinsi")
    browser.act_as(Acting(Role.MANAGER, UNIT))
    app = open_page("sambungan")
    assert app.selectbox(key="key-place").value == "unit ptsp"
    assert app.selectbox(key="key-place").options == [unit.unit.name]
    assert "provinsi punya" not in html_of(app)
    assert "webhook provinsi" not in html_of(app)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LEADERSHIP, Role.AUDITOR])
def test_others_do_not_open_it(open_page: OpenPage, browser: Browser, role: Role) -> None:
    browser.act_as(Acting(role))
    assert not open_page("sambungan").selectbox
