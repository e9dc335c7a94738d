"""What programs write, as the models of bodies and forms have it: text that can be stored, and periods."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from analytics import AnalyticsError, Period
from survey_app.web.submissions import MAX_TEXT, is_plain

#: The largest number that both databases keep as the number of a row.
_LAST_ROW = 2**31 - 1


def _printable(text: str) -> str:
    if not is_plain(text):
        raise ValueError("unusable text")
    return text


def _period(text: str) -> str:
    try:
        Period.parse(text)
    except AnalyticsError:
        raise ValueError("2024, 2024-S1, 2024-TW3, 2024-07") from None
    return text


Written = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_printable)]
WrittenPeriod = Annotated[
    str, Field(max_length=8, description="2024, 2024-S1, 2024-TW3, 2024-07"), AfterValidator(_period)
]
RowNumber = Annotated[int, Field(ge=1, le=_LAST_ROW)]
