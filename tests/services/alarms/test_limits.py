"""The file of the rules, how sure several statements are together, and the order of the cards."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from survey_app.instruments import DATA
from survey_app.services.alarms import finding, limits
from survey_app.services.alarms.alarm import Alarm, Kind, Sure
from survey_app.text import Text

NOTHING = Text("", "")


def file() -> Any:
    return json.loads((DATA / "reference/alarms.json").read_text(encoding="utf-8"))


def test_every_kind_has_one_rule_in_the_file_and_one_in_the_code() -> None:
    found = [rule.kind for rule in limits.rules().rules]
    assert sorted(found) == sorted(Kind)
    assert set(finding.RULES) == set(Kind)


@pytest.mark.parametrize("broken", [{"certain": 0.1}, {"likely": 0.01}, {"rules": []}, {"more": 1}])
def test_a_file_of_another_shape_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        limits.read(file() | broken)


def test_several_statements_are_almost_certain_as_long_as_all_of_them_may_be_right() -> None:
    """.02 + .02 are .04; the third would make it .06, and is fairly certain by itself."""
    found = limits.rules().together([0.02, 0.02, 0.02, 0.19, 0.21])
    assert found == [Sure.ALMOST_CERTAIN, Sure.ALMOST_CERTAIN, Sure.FAIRLY, Sure.FAIRLY, Sure.NOT_YET]


def test_the_first_of_each_kind_come_before_the_second_of_any_and_what_is_not_sure_later() -> None:
    def alarm(kind: Kind, sure: Sure, page: str) -> Alarm:
        return Alarm(
            kind=kind,
            subject=NOTHING,
            what=NOTHING,
            sure=sure,
            responsible=NOTHING,
            action=NOTHING,
            page=page,
        )

    alarms = [
        alarm(Kind.OVERDUE, Sure.RECORDED, "e"),
        alarm(Kind.FELL, Sure.ALMOST_CERTAIN, "b"),
        alarm(Kind.FELL, Sure.FAIRLY, "d"),
        alarm(Kind.GRADE, Sure.NOT_YET, "c"),
        alarm(Kind.FLAGGED, Sure.FAIRLY, "x"),
    ]
    found = finding.in_order(alarms, limits.rules())
    assert [a.page for a in found] == ["b", "x", "e", "c", "d"]
