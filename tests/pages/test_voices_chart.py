"""What the chart of comments shows of kinds that nobody used, and of long names."""

from __future__ import annotations

from analytics.text.comments import Kind
from survey_app.pages.suara.chart import voices_chart
from survey_app.text import Text

KINDS: dict[Kind | None, Text] = {
    Kind.COMPLAINT: Text("Keluhan", "Complaint"),
    None: Text("Lainnya", "Other"),
}


def test_a_kind_that_no_comment_has_is_not_in_the_legend() -> None:
    chart = voices_chart({("waktu", Kind.COMPLAINT): 2}, {"waktu": "U3 Waktu"}, KINDS, "id")
    assert [bar.name for bar in chart.figure.data] == ["Keluhan"]


def test_a_name_of_three_lines_gets_the_room_of_three_lines() -> None:
    def height(name: str) -> int:
        found: dict[tuple[str, Kind | None], int] = {("waktu", None): 1}
        taken: int = voices_chart(
            found, {"waktu": name, "biaya": "U4 Biaya"}, KINDS, "en"
        ).figure.layout.height
        return taken

    one, three = height("U3 Waktu"), height("U9 Penanganan pengaduan " * 3)
    # A line of type is 18 px high at the chart's 14 px; the two bars are equally far apart.
    assert three - one >= 2 * (3 * 18 - 34)
