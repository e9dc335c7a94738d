"""One report beside WeasyPrint for the same content, two hundred on two workers, and a recap of 500 units.

Needs WeasyPrint for the comparison, with its libraries (Debian: libpango-1.0-0 libpangoft2-1.0-0).
"""

from __future__ import annotations

import html
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from analytics.period import Period
from benchmarks import province
from benchmarks.timing import median_ms
from survey_app.reports.exports import AT_ONCE
from survey_app.reports.recap.agency_report import RecapReport
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.statements.passages import written
from survey_app.reports.typesetting.blocks import (
    Block,
    Bullets,
    Gallery,
    Heading,
    KeyFigure,
    Notice,
    Paragraph,
    Picture,
    Table,
)
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.reports.unit import annexes, chapters
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.services.disclosure import outgoing, outgoing_recaps
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database
from survey_app.wording.voice import Voice

MADE_AT = datetime(2026, 11, 21, tzinfo=UTC)
PERIOD = Period.parse("2026-S1")
RESPONSES = 200_000
REPORTS = 200
LARGE = 500
TIMES = 3

_WEASYPRINT = """
import sys
from weasyprint import HTML
page = HTML(string=sys.stdin.buffer.read().decode())
sys.stdout.buffer.write(page.write_pdf(pdf_variant="pdf/ua-1"))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = province.build(Path(folder) / "survey.db", RESPONSES)
        _one(_report(database, 0))
        _batch(database)
        database.close()
        database = province.build(Path(folder) / "large.db", RESPONSES, units=LARGE)
        _recap(database)
        database.close()


def _report(database: Database, number: int) -> UnitReport:
    unit = f"u{number % province.UNITS}"
    result = results.unit_result(database, unit, PERIOD.shift(-(number // province.UNITS)), within=PROVINCE)
    return UnitReport(paper=outgoing.of_draft(database, result), made_at=MADE_AT)


def _one(report: UnitReport) -> None:
    document, page = unit_report(report), _html(_blocks(report)).encode()
    print(f"One report, {report.result.score.n} respondents, each in a process of its own:")
    print(f"  data to blocks (here)  {median_ms(lambda: unit_report(report), 5):8.1f} ms")
    ours = _told("Typst", lambda: render_pdf(document))
    try:
        theirs = _told("WeasyPrint", lambda: _weasyprint(page))
    except subprocess.CalledProcessError as error:
        print(f"  WeasyPrint             not here: {error.stderr.decode().splitlines()[-1]}")
        return
    wall, cpu = (b / a for a, b in zip(ours, theirs, strict=True))
    print(f"  WeasyPrint takes {wall:.1f} times as long, {cpu:.1f} times the processor")


def _told(name: str, call: Callable[[], bytes]) -> tuple[float, float]:
    """Wall-clock and processor milliseconds of a call that works in processes of its own."""
    before, wall = _children_cpu(), median_ms(call, TIMES)
    cpu = (_children_cpu() - before) * 1000 / (TIMES + 1)
    print(f"  {name:<22} {wall:8.1f} ms, {cpu:8.1f} ms of a processor")
    return wall, cpu


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _weasyprint(page: bytes) -> bytes:
    command = [sys.executable, "-c", _WEASYPRINT]
    return subprocess.run(command, input=page, capture_output=True, check=True).stdout


def _batch(database: Database) -> None:
    before, start, cpu = _peak(resource.RUSAGE_SELF), time.perf_counter(), _children_cpu()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        documents = (unit_report(_report(database, i)) for i in range(REPORTS))
        sizes = [len(pdf) for pdf in pool.map(render_pdf, documents)]
    taken, largest = time.perf_counter() - start, _peak(resource.RUSAGE_CHILDREN)
    print(
        f"{len(sizes)} reports on {AT_ONCE} workers: {taken:.1f} s, {1000 * taken / len(sizes):.0f} ms each"
    )
    print(f"  {1000 * (_children_cpu() - cpu) / len(sizes):.0f} ms of a processor each")
    print(f"  {sum(sizes) / 2**20:.0f} MB of PDF; largest worker {largest} MB")
    print(f"  server: {before} MB at its peak before, {_peak(resource.RUSAGE_SELF)} MB after")


def _recap(database: Database) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    read = recap(database, None, PERIOD)
    result = result_of(read)
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    print(f"Recap of {len(result.summary.units)} units:")
    print(f"  numbers (here)         {1000 * wall:8.1f} ms, {1000 * used:8.1f} ms of a processor")
    document = province_report(RecapReport(outgoing_recaps.of_draft(database, read), MADE_AT))
    _told("Typst", lambda: render_pdf(document))


def _peak(who: int) -> int:
    """Highest resident memory so far in MB, of this process or of its largest child."""
    return resource.getrusage(who).ru_maxrss // 1024


def _blocks(report: UnitReport) -> list[Block]:
    """The chapters and annexes that `unit_report` sets, without its cover and contents."""
    result, voice = report.result, Voice(report.language)
    text = written(result, voice)
    return [
        *chapters.introduction(result, text, voice),
        *chapters.collection(result, text, voice),
        *chapters.results(report.paper, None, voice),
        *chapters.analysis(result, text, report.paper.follow_up.planned, voice),
        *chapters.conclusion(text, voice),
        *annexes.questionnaire(result.instrument, voice),
        *annexes.processing(report.paper, voice),
        *annexes.method(report.paper, report.rewritten, voice),
    ]


def _html(blocks: Sequence[Block]) -> str:
    style = "td,th{border-bottom:1px solid #9aa5b1;padding:2px 4px;font-size:8pt}body{font:10pt 'Noto Sans'}"
    body = "".join(map(_element, blocks))
    return f"<html lang=id><title>Laporan</title><style>{style}</style><body>{body}</body></html>"


def _element(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{html.escape(block.text)}</h{block.level}>"
        case Paragraph() | Notice():
            return f"<p>{html.escape(block.text)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{html.escape(item)}</li>' for item in block.items)}</ul>"
        case KeyFigure():
            facts = "".join(f"<p>{html.escape(f'{name} {value}')}</p>" for name, value in block.facts)
            return f"<p>{html.escape(f'{block.label} {block.value} {block.detail}')}</p>{facts}"
        case Picture():
            return block.figure.svg
        case Gallery():
            return "".join(figure.svg for figure in block.figures)
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    head = "".join(f"<th>{html.escape(column.title)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows
    )
    caption = f"<caption>{html.escape(table.caption)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


if __name__ == "__main__":
    main()
