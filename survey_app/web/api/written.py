"""What programs write, as the models of bodies and forms have it: text that can be stored."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from survey_app.web.submissions import MAX_TEXT, is_plain

#: The largest number that both databases keep as the number of a row.
_LAST_ROW = 2**31 - 1


def _printable(text: str) -> str:
    if not is_plain(text):
        raise ValueError("unusable text")
    return text


def _readable(text: str) -> str:
    if not "".join(text.split()).isprintable():
        raise ValueError("unusable text")
    return text


#: Of several lines; how long says whoever takes it.
Lines = Annotated[str, AfterValidator(_readable)]
Written = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_printable)]
RowNumber = Annotated[int, Field(ge=1, le=_LAST_ROW)]
