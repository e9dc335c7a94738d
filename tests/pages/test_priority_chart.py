"""The map of priorities can be read: quadrants named, labels beside their marks."""

from __future__ import annotations

from analytics.ikm.priorities import Priority, PriorityMap, Quadrant
from survey_app import instruments
from survey_app.pages.unit.priority_chart import QUADRANTS, priority_chart

SKM = instruments.get("skm-2017@1")


def _map(marks: list[tuple[float, float]]) -> PriorityMap:
    """Unsur at (NRR, importance), without intervals."""
    unsur = tuple(
        Priority(
            nrr=x,
            nrr_interval=None,
            importance=y,
            importance_interval=None,
            quadrant=Quadrant.KEEP_UP,
            clear=False,
        )
        for x, y in marks
    )
    return PriorityMap(unsur, 3.0, 0.6, None)


def test_each_quadrant_is_named_in_its_corner() -> None:
    figure = priority_chart(_map([(2.5 + i / 10, 0.5 + i / 50) for i in range(9)]), SKM, "id").figure
    corners = {note.text: (note.x, note.y) for note in figure.layout.annotations}
    assert corners == {
        f"<b>{QUADRANTS[Quadrant.MEND_FIRST].id}</b>": (0, 1),  # judged low, important
        f"<b>{QUADRANTS[Quadrant.KEEP_UP].id}</b>": (1, 1),
        f"<b>{QUADRANTS[Quadrant.LOW_PRIORITY].id}</b>": (0, 0),
        f"<b>{QUADRANTS[Quadrant.ENOUGH].id}</b>": (1, 0),
    }


def test_labels_of_marks_beside_each_other_stand_on_different_sides() -> None:
    apart = [(2.0 + i / 4, 0.3 + i / 20) for i in range(6)]
    close = [(3.9, 0.800), (3.9, 0.801), (3.9, 0.802)]
    figure = priority_chart(_map(apart + close), SKM, "id").figure
    assert len(set(figure.data[0].textposition[-3:])) == 3
