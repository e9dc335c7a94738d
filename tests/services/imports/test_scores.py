"""Scores of files: which scale their numbers are on, and the questionnaire's own words."""

from __future__ import annotations

import pytest

from survey_app import instruments
from survey_app.errors import Problem, Refused
from survey_app.services.imports.scores import ScoreReader, score_reader

SKM = instruments.get("skm-2017@1")


def reader(*rows: list[object], scale: str | None = None) -> ScoreReader:
    return score_reader(SKM, [[str(cell) for cell in row] for row in rows], scale)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([[0, 1, 2], [3, 3, 3]], "--scale 0-3"),
        ([[5, 4, 5], [3, 3, 3]], "1-5"),
        ([[0, 5, 4], [5, 3, 3]], "0-5"),
        ([[100, 75, 75], [50, 50, 50]], "--scale 25-100"),
        ([[100, 75, 0], [25, 50, 50]], "--scale 25-100"),
        ([[10, 9, 8], [7, 8, 8]], "1-10"),
        ([[88, 93, 75], [61, 75, 90]], "1-93"),
        ([[125, 100, 75], [50, 75, 100]], "1-125"),
        ([[5, 5, *[3] * 98], [3] * 100], "1-5"),  # two of two hundred: one in a hundred is no slip
    ],
)
def test_another_scale_is_recognised_and_asked_about(rows: list[list[object]], named: str) -> None:
    with pytest.raises(Refused, match=rf"{named}.*--scale 1-4.*scale-needed"):
        reader(*rows)
    assert reader(*rows, scale="1-4").scale == "1-4"


@pytest.mark.parametrize(
    "rows",
    [
        [[1, 2, 3], [3, 3, 3]],
        [[0, "", 4], [3, 3, 3]],
        [["3,0", "-", "4.0"]],
        [[5, 3, 3], [3, 3, 3]],
        [[9, 9, 9], [3, 3, 3], [4, 4, 4]],
        [[5, 5, *[3] * 99], [3] * 100],
        [["baik", "", "-"]],
        [],
    ],
)
def test_the_questionnaires_own_scale_with_a_slip_is_not_asked_about(rows: list[list[object]]) -> None:
    assert reader(*rows).scale == "1-4"


@pytest.mark.parametrize(
    ("scale", "cells", "scores"),
    [
        ("0-3", ["0", "1", "2", "3", "", "-"], [1, 2, 3, 4, None, None]),
        ("25-100", ["25", "50", "75", "100", "0", "100,0"], [1, 2, 3, 4, None, 4]),
        ("1-4", ["1", "2", "3", "4", "0", "tidak diisi"], [1, 2, 3, 4, None, None]),
    ],
)
def test_scores_of_each_scale(scale: str, cells: list[str], scores: list[int | None]) -> None:
    problems: list[Problem] = []
    assert [reader(scale=scale).read("waktu", cell, problems) for cell in cells] == scores
    assert problems == []


@pytest.mark.parametrize(("scale", "cell"), [("0-3", "4"), ("25-100", "80"), ("25-100", "4")])
def test_a_number_that_is_not_on_the_scale_is_refused(scale: str, cell: str) -> None:
    problems: list[Problem] = []
    assert reader(scale=scale).read("waktu", cell, problems) is None
    assert [p.code for p in problems] == ["score-range"]


def test_an_unknown_scale_is_told_which_there_are() -> None:
    with pytest.raises(Refused, match=r"1-4, 0-3, 25-100\. \[scale-unknown\]"):
        reader(scale="1-5")


@pytest.mark.parametrize("element", SKM.elements, ids=SKM.keys)
@pytest.mark.parametrize("pattern", ["{}", "{} ", "{n} - {}", "{n}. {}", "{} ({n})", "d. {}"])
def test_every_option_is_read_in_both_languages(element: instruments.Element, pattern: str) -> None:
    problems: list[Problem] = []
    for level, label in enumerate(element.labels, start=1):
        for word in (label.id, label.en, label.id.upper()):
            cell = pattern.format(word, n=level)
            assert reader().read(element.key, cell, problems) == level
    assert problems == []


@pytest.mark.parametrize("cell", ["Mudah", "lumayan", "4 - Cepat", "Cepat (2)", "2.5"])
def test_words_of_no_option_of_the_unsur_are_told_the_options(cell: str) -> None:
    problems: list[Problem] = []
    assert reader().read("waktu", cell, problems) is None
    (problem,) = problems
    assert problem.code == "score-unreadable"
    assert "Tidak cepat, Kurang cepat, Cepat, Sangat cepat" in problem.text.id
