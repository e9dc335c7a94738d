"""Files made to hurt, or that are something else: refused with a code, by a process that may die of them."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from survey_app.errors import Refused
from survey_app.services.files import reader_process, readers, tabular
from survey_app.services.files.tabular import read_table, sheet_names
from survey_app.services.files.uploads import MOST_PER_SESSION, count_upload

LINES = (["nama", "nilai"], ["a", 1], ["b", 2.5])


def book(path: Path, *lines: Any, **cells: Any) -> Path:
    made = openpyxl.Workbook()
    for line in lines or LINES:
        made.worksheets[0].append(line)
    for name, value in cells.items():
        made.worksheets[0][name] = value
    made.save(path)
    return path


def rewritten(path: Path, change: Any) -> Path:
    """The workbook with its first sheet's XML changed."""
    target = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in source.namelist():
            part = source.read(name)
            changed.writestr(name, change(part) if name.endswith("sheet1.xml") else part)
    return target


@pytest.fixture
def few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file may take, so that a test that fails does so soon."""
    monkeypatch.setattr(readers, "SECONDS", 20.0)


def test_one_cell_at_the_far_end_is_refused_before_rows_are_read(tmp_path: Path, few_seconds: None) -> None:
    """Five kilobytes; padded to its dimension the sheet has 17 thousand million cells."""
    path = book(tmp_path / "a.xlsx", XFD1048576="x")
    assert path.stat().st_size < 6_000
    with pytest.raises(Refused, match=r"Sel XFD1048576 .*file-dimensions"):
        read_table(path)
    assert sheet_names(path) == ["Sheet"]


@pytest.mark.parametrize("cell", ["A1048576", "XFD1", "AMK3"])
def test_a_cell_far_down_or_far_right_is_refused(tmp_path: Path, few_seconds: None, cell: str) -> None:
    with pytest.raises(Refused, match=f"Sel {cell} .*file-dimensions"):
        read_table(book(tmp_path / "a.xlsx", **{cell: 1}))


def test_a_dimension_that_claims_too_much_or_too_little_is_not_believed(tmp_path: Path) -> None:
    for claimed in (b"A1:XFD1048576", b"A1:A1"):
        path = rewritten(
            book(tmp_path / "a.xlsx"), lambda part, c=claimed: re.sub(rb'(?<=dimension ref=")[^"]+', c, part)
        )
        table = read_table(path)
        assert (table.header, table.rows) == (("nama", "nilai"), ((2, ("a", "1")), (3, ("b", "2.5"))))


def test_styled_cells_without_content_far_off_do_not_matter(tmp_path: Path, few_seconds: None) -> None:
    """As when a whole sheet was given a border: a million rows are said to be there."""
    path = book(tmp_path / "a.xlsx")
    made = openpyxl.load_workbook(path)
    made.worksheets[0]["XFD1048576"].font = Font(bold=True)
    made.save(path)
    assert len(read_table(path).rows) == 2


def test_a_csv_file_of_one_endless_row_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nama,nilai\n" + "," * 5_000 + "x\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"Baris 2 .*1000 kolom.*file-dimensions"):
        read_table(path)


def test_a_csv_file_of_blank_lines_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty megabytes of them took half a minute of the processor that citizens' answers need."""
    monkeypatch.setattr(tabular, "_MOST_LINES", 100)
    path = tmp_path / "a.csv"
    path.write_text("nama,nilai\n" + "\n" * 98 + 'a,"1\n\n"\n', encoding="utf-8")
    assert read_table(path).rows == ((102, ("a", "1")),)
    path.write_text("nama,nilai\n" + "\n" * 99 + "a,1\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"lebih dari 100 baris.*file-too-large"):
        read_table(path)


def test_millions_of_separators_are_looked_at_once(tmp_path: Path) -> None:
    seen = set[int]()

    def header(cells: Sequence[str]) -> bool:
        seen.add(len(cells))
        return "nilai" in cells

    path = tmp_path / "a.csv"
    path.write_text("," * 300_000 + "\nnama,nilai\na,1\n", encoding="utf-8")
    assert read_table(path, headers=[header]).rows == ((3, ("a", "1")),)
    assert max(seen) < 300_000


def test_wide_headers_with_many_rows_are_refused_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabular, "MAX_CELLS", 300)
    path = tmp_path / "a.csv"
    path.write_text(",".join(f"k{i}" for i in range(100)) + "\n" + "x\n" * 5, encoding="utf-8")
    with pytest.raises(Refused, match=r"lebih dari 3 baris dengan 100 kolom.*file-too-large"):
        read_table(path)


def test_one_long_text_named_in_many_cells_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook keeps equal texts once: a small file may mean gigabytes."""
    monkeypatch.setattr(tabular, "MAX_BYTES", 100_000)
    with pytest.raises(Refused, match="file-too-large"):
        read_table(book(tmp_path / "a.xlsx", *[["x" * 2_000] * 10] * 10))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "a.xlsx")
    monkeypatch.setattr(readers, "SECONDS", 0.0)
    with pytest.raises(Refused, match="file-too-slow"):
        read_table(path)
    monkeypatch.setattr(readers, "SECONDS", 60.0)
    assert len(read_table(path).rows) == 2


def test_a_reader_that_was_stopped_before_its_whole_task_is_ended_in_silence() -> None:
    """What is still to be written finds nobody: no error of its own in the place of `file-too-slow`."""
    worker = readers._Worker()
    pipes = worker._process.stdin, worker._process.stdout
    assert pipes[0] is not None
    worker._process.kill()
    worker._process.wait()
    pipes[0].write(b"half a task")
    worker.end()
    assert all(pipe is not None and pipe.closed for pipe in pipes)


def test_a_reader_that_dies_takes_nobody_with_it(tmp_path: Path) -> None:
    """Killed in the middle of an answer, as the system does when memory runs out; the next file is read."""
    path = book(tmp_path / "a.xlsx", *[["nama", "nilai"], *[["x" * 100, 1]] * 2_000])
    with readers.sheet(path, None, tabular._most()) as sheet:
        next(sheet.lines)
        for pid in _children():
            # The servers and the browser of other tests are children of this process too.
            if b"reader_process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
        with pytest.raises(Refused, match="file-too-heavy"):
            list(sheet.lines)
    assert len(read_table(path).rows) == 2_000


def test_a_half_read_sheet_leaves_no_reader_behind(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *[["nama", "nilai"], *[["x" * 100, 1]] * 2_000])
    with readers.sheet(path, None, tabular._most()) as sheet:
        assert next(sheet.lines) == (1, ["nama", "nilai"])
    assert len(read_table(path).rows) == 2_000


def test_the_reader_has_no_more_memory_than_it_was_given() -> None:
    """What is asked for beyond it is an error in that process, here and on every Linux server."""
    assert reader_process.limits()
    code = (
        "from survey_app.services.files import reader_process; reader_process._limit_memory();"
        f"import resource; assert resource.getrlimit(resource.RLIMIT_AS)[0] == {reader_process.MEMORY};"
        f"bytearray({reader_process.MEMORY})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY  # not in this process


def test_the_reader_is_told_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "rahasia")
    worker = readers._Worker()
    try:
        (pid,) = [p for p in _children() if p == worker._process.pid]
        assert b"rahasia" not in Path(f"/proc/{pid}/environ").read_bytes()
    finally:
        worker.end()


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", OLE, r"Excel lama \(\.xls\).*file-kind"),
        ("a.xls", OLE, "file-kind"),
        ("a.csv", OLE, "file-kind"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "kata sandi.*file-encrypted"),
        ("a.xls", b"\r\n<html><table><tr><td>1</td></tr></table></html>", "halaman web.*file-kind"),
        ("a.csv", b"%PDF-1.7\n", "PDF.*file-kind"),
        ("a.xlsx", b"nama;nilai\na;1\n", "file-damaged"),
        ("a.xlsx", b"", "file-damaged"),
        ("a.xlsx", b"PK\x03\x04" + bytes(200), "file-damaged"),
        ("a.csv", b"nama;nilai\n\xff\xfe;1\n", "file-encoding"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for read in (read_table, sheet_names):
        if not (read is sheet_names and code == "file-encoding"):
            with pytest.raises(Refused, match=code):
                read(path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [(("mimetype", "content.xml"), "OpenDocument"), (("xl/workbook.bin",), "biner")],
)
def test_other_packed_sheets_are_named(tmp_path: Path, parts: tuple[str, ...], said: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for part in parts:
            packed.writestr(part, "x")
    with pytest.raises(Refused, match=f"{said}.*file-kind"):
        read_table(path)


def test_a_workbook_is_one_whatever_its_name(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    assert read_table(path).header == ("nama", "nilai")


def test_a_session_may_upload_so_much_and_no_more() -> None:
    """A file that is looked at again counts once."""
    seen: dict[str, int] = {}
    for _ in range(3):
        count_upload(seen, "a", MOST_PER_SESSION - 10)
    count_upload(seen, "b", 10)
    with pytest.raises(Refused, match="uploads-too-many"):
        count_upload(seen, "c", 1)
    count_upload(seen, "a", MOST_PER_SESSION - 10)
    assert set(seen) == {"a", "b"}


def _children() -> list[int]:
    text = Path(f"/proc/{os.getpid()}/task")
    return [int(p) for task in text.iterdir() for p in (task / "children").read_text().split()]
