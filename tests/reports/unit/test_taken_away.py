"""What is taken away from a unit's page: a table for programs, and a picture that explains itself."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

from analytics import Period
from survey_app.reports.typesetting.workers import render_png
from survey_app.reports.unit import drafting, trend_figure
from survey_app.reports.unit.csv_file import result_csv
from survey_app.reports.unit.report import UnitReport
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from tests.reports import samples


def _draft(database: Database, period: str) -> UnitReport:
    result = results.unit_result(database, "sekadau", Period.parse(period), within=PROVINCE)
    return drafting.draft(database, result, samples.MADE_AT)


def test_the_table_of_sekadau_is_the_published_one(database: Database) -> None:
    samples.sekadau(database)
    head, whole, *unsur = csv.reader(io.StringIO(result_csv(_draft(database, "2019-S1")).decode("utf-8-sig")))
    assert head[4:] == ["Yang menjawab", "NRR", "Nilai", "Mutu"]
    assert whole[3:] == ["Semua unsur", "49", "", "78.74", "B"]
    # 138 of 49 answers: 2.8163, 70.41.
    assert unsur[0][2:] == ["U1", "Persyaratan", "49", "2.8163", "70.41", "C"]
    assert len(unsur) == 9


def test_what_a_few_answered_is_not_in_the_table_and_not_in_the_picture(database: Database) -> None:
    samples.create_unit(database, "sekadau", "=Loket & kas")
    samples.insert(database, "sekadau", [(3,) * 9] * 3 + [(4,) * 9], "2026-10")
    report = _draft(database, "2026-10")
    rows = list(csv.reader(io.StringIO(result_csv(report).decode("utf-8-sig"))))
    assert rows[1] == ["'=Loket & kas", "2026-10", "", "Semua unsur", "", "", "", ""]
    assert len(rows) == 3  # why the others are missing
    assert "81" not in trend_figure.drawing(report)
    assert trend_figure.HIDDEN.id in trend_figure.drawing(report)


def test_the_picture_says_what_it_is_and_comes_as_png(database: Database) -> None:
    samples.sekadau(database)
    svg = trend_figure.drawing(_draft(database, "2019-S1"))
    told = " ".join(text.text or "" for text in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))
    for part in ("n = 49", "Semester I 2019", "Sumber: ", "78,74", "21 November 2026"):
        assert part in told
    png = render_png(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(png[i : i + 4]) for i in (16, 20))
    root = ET.fromstring(svg)
    assert abs(width / height - float(root.attrib["width"]) / float(root.attrib["height"])) < 0.01
