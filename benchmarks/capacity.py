"""What an answer costs the server, and how long it takes while six people look at dashboards.

    python -m benchmarks.capacity

Processor time is that of the server's process alone, so a browser or another program beside it changes the
clock's figures and not these. The waiting times are the clock's, and only as good as the machine is quiet:
the row without dashboards says how quiet it was.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks import servers
from benchmarks.servers import Served
from survey_app import instruments
from survey_app.services.answers.ids import uuid7
from survey_app.services.demo import province
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import open_database
from tests.browser import chromium
from tests.servers import ROOT
from tests.signing_in import session_at

ANSWERS = 1_000
SURVEYS = 5
DASHBOARD, SESSIONS = "ringkasan", 6
SAMPLES, EVERY = 300, 0.05
GOAL_TIMES, GOAL_MS = 50, 20
_KEYS = instruments.get("skm-2017@1").keys
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_JSON = {"Content-Type": "application/json"}


def main() -> None:
    cost()
    waiting()


def cost() -> None:
    """Processor time of one submission, by each way in."""
    print(f"Processor time of the server per submission (SQLite, {os.cpu_count()} cores)")
    print(f"{'way in':>44}  {'ms':>8}  {'per core-second':>15}  {'1 /':>6}")
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        url = _small(f"sqlite:///{Path(folder) / 'bench.db'}")
        with servers.plain_streamlit(url) as served:
            base = _per_call(served, lambda: _by_streamlit(browser, served), SURVEYS)
        _say("Streamlit's form, its server and defaults", base, base)
        with servers.together(url) as served:
            _say(
                "Streamlit's form, as served here",
                _per_call(served, lambda: _by_streamlit(browser, served), SURVEYS),
                base,
            )
        with servers.forms(url) as served:
            light = _per_call(served, lambda: _by_form(served), ANSWERS)
            _say("light form: page, answer, receipt", light, base)
            _say("JSON route: answer", _per_call(served, lambda: _by_json(served), ANSWERS), base)
    print(f"goal: the light form at most 1/{GOAL_TIMES}; it is 1/{base / light:.0f}\n")


def waiting() -> None:
    """How long a submission takes while dashboards run, in one process and apart."""
    print(f"A submission every {EVERY * 1000:.0f} ms beside {SESSIONS} sessions on {DASHBOARD} (PostgreSQL)")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'served':>28}  {'median':>9}  {'p95':>9}  {'slowest':>9}  {'dashboard runs/s':>16}")
    with servers.postgresql() as url:
        unit, token = _demo(url), session_at(url)
        with servers.together(url) as pages:
            _report("together, no dashboard", _paced(pages, unit), 0)
            with _dashboards(pages, token) as runs:
                _report("together", _paced(pages, unit), runs())
        with servers.forms(url) as forms:
            _report("apart, no dashboard", _paced(forms, unit), 0)
            for name, niceness in (("apart", 0), ("apart, pages at nice 10", 10)):
                with servers.together(url, niceness) as pages, _dashboards(pages, token) as runs:
                    taken = _paced(forms, unit)
                    _report(name, taken, runs())
    print(f"goal: p95 apart under {GOAL_MS} ms\n")


def _demo(database_url: str) -> str:
    """Fill the database with the demo province; the code of one of its units."""
    database = open_database(database_url)
    province.load(database, ADMIN, runtime.now(), lambda share, what: None)
    unit = catalogue.list_units(database, PROVINCE)[0].unit.code
    database.close()
    return unit


def _small(database_url: str) -> str:
    database = open_database(database_url)
    catalogue.create_agency(database, ADMIN, "opd", "OPD")
    catalogue.create_unit(database, ADMIN, "opd", "u", "Unit", time_zone="Asia/Makassar")
    database.close()
    return database_url


def _per_call(served: Served, call: Callable[[], object], times: int) -> float:
    """Milliseconds of the server's processor per call, after a tenth as many that are not counted."""
    for _ in range(max(1, times // 10)):
        call()
    before = served.cpu_seconds()
    for _ in range(times):
        call()
    return (served.cpu_seconds() - before) * 1000 / times


def _say(name: str, milliseconds: float, base: float) -> None:
    print(
        f"{name:>44}  {milliseconds:>8.2f}  {1000 / milliseconds:>15,.1f}  {base / milliseconds:>6.0f}",
        flush=True,
    )


def _by_streamlit(browser: Browser, served: Served) -> None:
    """A new visitor: opens the page, answers nine unsur, sends."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
    page = context.new_page()
    page.goto(f"{served.url}/survei?unit=u", timeout=120_000)
    unsur = page.locator("fieldset.unsur")
    expect(unsur).to_have_count(len(_KEYS), timeout=120_000)
    for fieldset in unsur.all():
        fieldset.locator(".choice").nth(2).click()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Terima kasih!")).to_be_visible(timeout=120_000)
    context.close()


def _by_form(served: Served) -> None:
    """A new visitor without a script: opens the page, sends the form, is led to the receipt."""
    with _ask(served, "GET", "/s/u", headers={"Accept-Encoding": "gzip"}) as page:
        _must(page.status == 200)
    fields = {"id": str(uuid7(runtime.now())), "instrument": "skm-2017@1", "service": "umum"}
    body = urlencode(fields | {f"a.{key}": "3" for key in _KEYS})
    with _ask(served, "POST", "/s/u", body, _FORM) as sent:
        _must(sent.status == 303)
    with _ask(served, "GET", sent.headers["location"]) as receipt:
        _must(receipt.status == 200)


def _by_json(served: Served, unit: str = "u") -> None:
    answers = dict.fromkeys(_KEYS, 3)
    body = json.dumps({"id": str(uuid7(runtime.now())), "unit": unit, "channel": "web", "answers": answers})
    with _ask(served, "POST", "/api/responses", body, _JSON) as sent:
        _must(sent.status == 201)


@contextmanager
def _ask(
    served: Served, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> Iterator[HTTPResponse]:
    """One request on a connection of its own, as from a phone that was not here before."""
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=60)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    response.read()
    yield response
    connection.close()


def _must(right: bool) -> None:
    if not right:
        raise RuntimeError("the server did not answer as it should")


def _paced(served: Served, unit: str) -> list[float]:
    """Milliseconds that each of SAMPLES submissions took, one begun every EVERY seconds."""
    taken = []
    for _ in range(SAMPLES):
        start = time.perf_counter()
        _by_json(served, unit)
        took = time.perf_counter() - start
        taken.append(took * 1000)
        time.sleep(max(0.0, EVERY - took))
    return taken


def _report(name: str, taken: list[float], runs: float) -> None:
    figures = "  ".join(f"{ms:>6.1f} ms" for ms in (statistics.median(taken), _p95(taken), max(taken)))
    print(f"{name:>30}  {figures}  {runs:>16.1f}", flush=True)


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


@contextmanager
def _dashboards(pages: Served, token: str) -> Iterator[Callable[[], float]]:
    """Sessions that run the dashboard without a pause; calling gives the runs per second so far."""
    command = [sys.executable, "-m", "benchmarks.dashboards", pages.url, DASHBOARD, str(SESSIONS), token]
    with tempfile.TemporaryFile() as runs:
        process = subprocess.Popen(command, cwd=ROOT, stdout=runs)
        while runs.seek(0, os.SEEK_END) < 2 * SESSIONS * 2:
            _must(process.poll() is None)
            time.sleep(0.1)
        first, start = runs.seek(0, os.SEEK_END), time.perf_counter()
        yield lambda: (runs.seek(0, os.SEEK_END) - first) / 2 / (time.perf_counter() - start)
        _must(process.poll() is None)
        process.terminate()
        process.wait(20)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGUMENTS)
        yield launched
        launched.close()


if __name__ == "__main__":
    main()
