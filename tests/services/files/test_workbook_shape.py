"""How far a sheet reaches, and what of it nobody sees: on the XML as Excel and others write it."""

from __future__ import annotations

from io import BytesIO

import pytest

from survey_app.services.files.workbook_shape import Shape, TooFar, holds_anything, shape_of

_OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def sheet(rows: str, before: str = "", after: str = "") -> BytesIO:
    return BytesIO(f"{_OPEN}{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode())


def shape(rows: str, before: str = "", after: str = "", most: tuple[int, int] = (9, 9)) -> Shape:
    return shape_of(sheet(rows, before, after), *most)


def test_a_table_may_reach_its_last_row_and_column_and_no_further() -> None:
    rows = '<row r="3"><c r="C3"><v>1</v></c></row>'
    found = shape(rows, most=(3, 3))
    assert (found.last_row, found.columns) == (3, 3)
    for most in ((2, 3), (3, 2)):
        with pytest.raises(TooFar) as far:
            shape(rows, most=most)
        assert far.value.cell == "C3"


def test_the_widest_row_counts_wherever_it_stands() -> None:
    rows = '<row r="1"><c r="D1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    found = shape(rows)
    assert (found.last_row, found.columns) == (2, 4)


def test_rows_and_cells_without_a_name_follow_each_other() -> None:
    """The names are optional in the format, and some writers leave them out."""
    rows = "<row><c/><c><v>1</v></c></row><row/><row><c><v>1</v></c></row>"
    found = shape(rows)
    assert (found.last_row, found.columns) == (3, 2)
    with pytest.raises(TooFar, match="A3"):
        shape(rows, most=(2, 2))


@pytest.mark.parametrize("said", ["1", "true"])
def test_hidden_lines_and_columns_are_told_up_to_the_last(said: str) -> None:
    before = f'<cols><col min="2" max="4" hidden="{said}"/><col min="5" max="16384"/></cols>'
    rows = f'<row r="1"/><row r="2" hidden="{said}"/><row r="3" hidden="0"/>'
    found = shape(rows, before)
    assert (found.hidden_rows, found.hidden_columns) == ([2], [2, 3, 4])
    assert shape("", '<cols><col min="8" max="16384" hidden="1"/></cols>').hidden_columns == [8, 9]


def test_what_is_merged_or_never_computed_is_uncertain() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>B1+1</f><v>2</v></c></row>'
        '<row r="2"><c r="B2"><f>C2</f></c></row>'
        '<row r="5"><c r="A5"><v>1</v></c></row>'
    )
    merged = '<mergeCells><mergeCell ref="A3:B4"/><mergeCell ref="C8:C1048576"/></mergeCells>'
    assert shape(rows, after=merged).uncertain == {
        2: "B2",
        **dict.fromkeys((3, 4), "A3:B4"),
        8: "C8:C1048576",
    } | {9: "C8:C1048576"}


@pytest.mark.parametrize(
    ("cell", "uncomputed"),
    [
        ("<c><f>B1</f><v>3</v></c>", []),
        # Excel keeps the empty text of =IF(A1="";"";1) so; who only writes a formula keeps no value.
        ('<c t="str"><f>B1</f><v></v></c>', []),
        ("<c><f>B1</f><v></v></c>", [1]),
        ("<c><f>B1</f></c>", [1]),
        ("<c><v>3</v></c>", []),
    ],
)
def test_a_formula_is_computed_where_its_result_is_kept(cell: str, uncomputed: list[int]) -> None:
    found = shape(f'<row r="1">{cell}</row>')
    assert (found.uncomputed, list(found.uncertain)) == (uncomputed, uncomputed)


def test_a_sheet_of_styles_alone_holds_nothing() -> None:
    assert not holds_anything(
        sheet('<row r="1"><c r="A1" s="3"/></row>', '<cols><col min="1" max="2"/></cols>')
    )
    assert holds_anything(sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'))
