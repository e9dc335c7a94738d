"""What stands below a unit's first view, a tab for each; only the open one is drawn."""

from __future__ import annotations

from collections.abc import Callable

from survey_app.pages.unit import (
    direction_view,
    gaps_view,
    insight_view,
    quality_view,
    raked_view,
    reliability_view,
    result_view,
    sampling_view,
    unsur_view,
    ways_view,
    weighting_view,
    when_view,
    working,
)
from survey_app.pages.unit.told import Told
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.direction import direction_of
from survey_app.services.ikm.reliability import sheet_reliability
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address
from survey_app.ui.words import say

#: Names by the code in the address.
TABS: dict[str, Text] = {
    "when": Text("Kapan dan di mana", "When and where"),
    "trend": Text("Perkembangan", "Trend"),
    "unsur": Text("Satu unsur", "One service element"),
    "respondents": Text("Responden", "Respondents"),
    "what-if": Text("Simulasi", "What if"),
    "links": Text("Keterkaitan unsur", "How elements are linked"),
    "method": Text("Cara menghitung", "Calculation"),
    "quality": Text("Pemeriksaan jawaban", "Check of answers"),
}
#: What is left where the values per unsur are hidden.
_WITHOUT_UNSUR = ("trend",)
_Draw = Callable[[Database, Told], None]


def show(database: Database, told: Told) -> None:
    """One tab for each; what tells of few people or of single answers to who is inside only."""
    hidden = narrowed.unsur_hidden(told.result.score)
    names = {code: say(name) for code, name in TABS.items() if not hidden or code in _WITHOUT_UNSUR}
    for code, tab in address.tabs(names, address.Place(name="tab", key=f"unit-tab-{len(names)}")).items():
        if tab.open:
            with tab:
                _DRAWN[code](database, told)


def _trend(database: Database, told: Told) -> None:
    result_view.show_trend(told.result)
    direction_view.show(direction_of(database, told.result))


def _unsur(_: Database, told: Told) -> None:
    result_view.show_unsur(told.result)
    unsur_view.show_one(told.result)


def _respondents(database: Database, told: Told) -> None:
    result = told.result
    sampling_view.show_sampling(result, told.insight)
    weighting_view.show(result)
    raked_view.show(database, result)
    result_view.show_respondents(result)
    if told.inside:
        ways_view.show(database, result)
        gaps_view.show(database, result)


def _what_if(_: Database, told: Told) -> None:
    insight_view.show_what_if(told.result, told.insight)


def _links(_: Database, told: Told) -> None:
    insight_view.show_links(told.result, told.insight)


def _method(database: Database, told: Told) -> None:
    working.show_working(told.result, sheet_reliability(database, told.result))


def _quality(database: Database, told: Told) -> None:
    if told.inside:
        quality_view.show_flags(told.result)
    reliability_view.show(told.result, told.insight.reliability, sheet_reliability(database, told.result))


_DRAWN: dict[str, _Draw] = {
    "when": when_view.show,
    "trend": _trend,
    "unsur": _unsur,
    "respondents": _respondents,
    "what-if": _what_if,
    "links": _links,
    "method": _method,
    "quality": _quality,
}
