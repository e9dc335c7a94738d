"""Whom a list on a page leaves out: a sentence, and every one of them where it cannot name all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from survey_app.services.province.left_out import LeftOut
from survey_app.services.province.small_areas import Estimated
from survey_app.ui import estimate_view, links, tables
from survey_app.ui.words import language, say
from survey_app.wording import area_words, left_out_words, numbers
from survey_app.wording.voice import Voice

#: Units named in the sentence itself.
_NAMED = 3


def html(groups: Sequence[LeftOut], fewest: int) -> str:
    """Nothing where nobody is left out. `fewest`: respondents that the list asks for."""
    if not groups:
        return ""
    voice = Voice(language())
    said = f"<small>{escape(left_out_words.sentence(groups, fewest, voice, _NAMED))}</small>"
    if all(len(group.units) <= _NAMED + 1 for group in groups):
        return f"<p>{said}</p>"
    tables_of_all = "".join(listed(group, left_out_words.reason(group, fewest, voice)) for group in groups)
    return f"<details><summary>{said}</summary>{tables_of_all}</details>"


def listed(group: LeftOut, title: str, estimates: Mapping[int, Estimated] | None = None) -> str:
    """All units of a group with the number of their respondents and, if given, their estimates, as HTML."""
    rows: list[list[tables.Cell]] = [
        [
            tables.Link(u.entry.unit.name, links.result(u.entry.unit.code), u.entry.agency.name),
            numbers.whole(u.score.n, language()),
            *([estimate_view.cell(estimates.get(u.entry.unit.id))] if estimates else []),
        ]
        for u in group.units
    ]
    columns = [title, "n", *([say(area_words.ESTIMATE)] if estimates else [])]
    return tables.table(columns, rows, numeric=len(columns) - 1)
