"""What the services let people change of keys and webhooks; each within the unit of `changes`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from survey_app.services.accounts import api_keys
from survey_app.services.accounts.api_keys import Right
from survey_app.services.delivery import sent, webhooks
from survey_app.services.delivery.events import News
from survey_app.services.delivery.webhooks import Terms
from survey_app.services.places.acting import ADMIN, Acting
from survey_app.services.places.scope import Scope
from survey_app.storage import deliveries
from survey_app.storage.database import Database
from tests.reports.samples import MADE_AT as NOW
from tests.staff import KEY

UNIT = Scope(unit="sekadau")
KEY_ENDS = NOW + timedelta(days=30)
TOLD = Terms(name="dasbor", scope=UNIT, address="https://dasbor.contoh.go.id/masuk", events=[News.RESULT])


def prepare(database: Database) -> None:
    """A key, a webhook, and a message to it that was given up."""
    api_keys.make(database, ADMIN, "lama", UNIT, {Right.RESULTS}, KEY_ENDS, NOW)
    webhooks.make(database, ADMIN, TOLD, KEY, NOW)
    webhooks.send_test(database, ADMIN, 1, NOW)
    database.write(lambda connection: deliveries.give_up_all(connection, "webhook", "1", "500", NOW))


#: By their services; all of them for managers.
ATTEMPTS: Mapping[str, Callable[[Database, Acting], object]] = {
    "accounts.api_keys.make": lambda d, acting: api_keys.make(
        d, acting, "dasbor", UNIT, {Right.RESULTS}, KEY_ENDS, NOW
    ),
    "accounts.api_keys.revoke": lambda d, acting: api_keys.revoke(d, acting, 1, NOW),
    "delivery.webhooks.make": lambda d, acting: webhooks.make(d, acting, TOLD, KEY, NOW),
    "delivery.webhooks.set_active": lambda d, acting: webhooks.set_active(
        d, acting, 1, active=False, now=NOW
    ),
    "delivery.webhooks.end": lambda d, acting: webhooks.end(d, acting, 1, NOW),
    "delivery.webhooks.send_test": lambda d, acting: webhooks.send_test(d, acting, 1, NOW),
    "delivery.sent.send_again": lambda d, acting: sent.send_again(d, acting, 1, NOW),
}
