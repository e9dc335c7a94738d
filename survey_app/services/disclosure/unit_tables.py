"""Units side by side as a file: the same as the command `table`, for who asks on a page."""

from __future__ import annotations

from analytics import Period
from survey_app.services.disclosure import outgoing_recaps
from survey_app.services.places import catalogue
from survey_app.services.places.acting import Acting
from survey_app.services.places.audited import asked
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.province.frames import frame_bytes, units_frame
from survey_app.services.province.overview import overview
from survey_app.storage.database import Database


@asked(Action.SEE_RESULTS)
def of_scope(database: Database, acting: Acting, scope: Scope, period: Period, *, xlsx: bool) -> bytes:
    """One row per unit of `scope` as CSV or XLSX (`frames.units_frame`), in the public edition.

    What would tell of a few people is left out, whoever asks: the file leaves the office.

    Raises: Refused `role-refused`, `scope-refused`, NotFound `unit-unknown`.
    """
    catalogue.require(database, acting, scope, Action.SEE_RESULTS, to_read=True)
    all_units = overview(database, scope, period, back=0)
    return frame_bytes(units_frame(outgoing_recaps.of_units(database, all_units)), xlsx=xlsx)
