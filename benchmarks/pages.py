"""Every page of 500 units, 36 months and 10 million answers: server time, beside raw rows in memory.

    python -m benchmarks.pages                10 million answers
    python -m benchmarks.pages --small        1 million

A page is the whole run of its script as Streamlit runs it (`AppTest`): services, tables, figures and what is
sent to the browser, without the network. Each page has a process of its own, made ready as the server makes
itself ready when it starts. Cold: the page's first run there, with nothing kept. Warm: the median of the runs
after it. New: the median of runs after one more answer each, in a unit that is looked at, so that nothing
kept may be shown as it was. Raw: IKM and standard error of the page's units and quarters by pandas, from nine
int8 columns that are in memory already.
"""

from __future__ import annotations

import argparse
import gc
import logging
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from benchmarks import large_province
from benchmarks.large_province import MONTHS, NOW
from benchmarks.open_to_all import open_to_all
from benchmarks.timing import median_ms
from survey_app import instruments
from survey_app.pages.serving import first_visit
from survey_app.services.answers import intake
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Channel, Submission
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.web.routes import routes

UNSUR = [f"u{i}" for i in range(1, 10)]
RUNS = 9


@dataclass(frozen=True)
class Page:
    """A page, and the months and units its numbers come from; no months: not from answers."""

    path: str
    name: str
    months: int = 0
    units: int = large_province.UNITS


PAGES = (
    Page("ringkasan", "Ringkasan", 18),
    Page("unit", "Unit", 24, 1),
    Page("perbandingan", "Perbandingan", 3),
    Page("suara", "Suara warga"),
    Page("ip-asn", "IP ASN"),
    Page("keterkaitan", "Keterkaitan", 12),
    Page("laporan", "Laporan"),
    Page("/hasil", "/hasil", 3),
)


@dataclass(frozen=True)
class Times:
    """Milliseconds: the first run, the median of the next, and the median after one more answer each."""

    cold: float
    warm: float
    new: float


def main(responses: int = 10_000_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survey.db"
        province = large_province.build(path, responses)
        province.database.close()
        print(f"Pages of {large_province.UNITS} units, 36 months, {responses:,} answers (ms)")
        print(f"{'page':>14}  {'cold':>7}  {'warm':>7}  {'new':>7}  {'raw':>8}  {'raw / warm':>10}")
        for page in PAGES:
            _print(page, _in_own_process(page, path), _raw_ms(page, province.answers))
    print()


def _print(page: Page, times: Times, raw: float | None) -> None:
    beside = "" if raw is None else f"{raw:>8,.0f}  {raw / times.warm:>9.1f}x"
    print(
        f"{page.name:>14}  {times.cold:>7,.0f}  {times.warm:>7,.0f}  {times.new:>7,.0f}  {beside}", flush=True
    )


def _in_own_process(page: Page, path: Path) -> Times:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (page, path))


def measure(page: Page, path: Path) -> Times:
    """The times of a page in this process, which must not have shown one before."""
    logging.disable(logging.WARNING)  # Streamlit's remarks on running without a server
    database = open_database(f"sqlite:///{path}")
    runtime.database = lambda: database  # type: ignore[assignment]
    runtime.now = lambda: NOW
    open_to_all()  # without a browser there is no cookie
    run = _public(page) if page.path.startswith("/") else _streamlit(page)
    first_visit.prepare()
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    run()
    cold = (time.perf_counter() - start) * 1000
    warm = median_ms(run, RUNS)
    new = statistics.median(_after_an_answer(run, database) for _ in range(RUNS))
    database.close()
    return Times(cold, warm, new)


def _streamlit(page: Page) -> Callable[[], object]:
    """The page in a session that has been shown nothing: a first run makes Streamlit and AppTest ready."""
    app = AppTest.from_function(_script, kwargs={"path": page.path}, default_timeout=600)
    app.run()
    app.session_state["page asked for"] = True

    def run() -> None:
        app.run()
        if app.exception:
            raise RuntimeError(app.exception[0].message)

    return run


def _public(page: Page) -> Callable[[], object]:
    client = TestClient(Starlette(routes=routes(runtime.database, runtime.now)))
    client.get("/healthz")
    return lambda: client.get(page.path).raise_for_status()


def _script(path: str) -> None:
    import streamlit as st

    from survey_app.pages import frame

    if "page asked for" in st.session_state:
        frame.run(path)
    else:
        st.empty()


def _after_an_answer(run: Callable[[], object], database: Database) -> float:
    answers = dict.fromkeys(instruments.get(large_province.INSTRUMENT).keys, 3)
    accepted = intake.accept(
        database, Submission(id=uuid7(NOW), unit="u0", answers=answers, channel=Channel.WEB), NOW
    )
    assert isinstance(accepted, intake.Receipt)
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def _raw_ms(page: Page, answers: pd.DataFrame) -> float | None:
    if not page.months:
        return None
    first = len(MONTHS) - page.months
    return median_ms(lambda: _from_rows(answers, first, page.units), 1)


def _from_rows(answers: pd.DataFrame, first: int, units: int) -> pd.DataFrame:
    """IKM and standard error of every unit and quarter from `first` on."""
    rows = answers[(answers["month"] >= first) & (answers["unit"] < units)]
    scores = pd.Series(rows[UNSUR].to_numpy().sum(axis=1, dtype="int16"), index=rows.index)
    total = scores.groupby([rows["unit"], rows["month"] // 3])
    nrr = rows.groupby(["unit", rows["month"] // 3])[UNSUR].mean()
    found = pd.DataFrame({"n": total.size(), "ikm": 25 / 9 * total.mean(), "sd": 25 / 9 * total.std()})
    return found.assign(se=found["sd"] / found["n"] ** 0.5).join(nrr)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="1 million answers")
    main(1_000_000 if parser.parse_args().small else 10_000_000)
