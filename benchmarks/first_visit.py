"""A citizen's first visit on a slow network: the light form beside the Streamlit page, in one run.

    python -m benchmarks.first_visit

Chromium's own network emulation, a fresh profile each time, both pages from one server. The browser's clock,
from the start of the navigation until a face can be chosen and the page's script has run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from survey_app.services import catalogue
from survey_app.storage.database import open_database
from tests.browser import chromium
from tests.servers import free_port, wait_for


@dataclass(frozen=True)
class Network:
    name: str
    kbit: int
    latency_ms: int


@dataclass(frozen=True)
class Form:
    """A way to answer: `ready` is there once a person can."""

    name: str
    path: str
    ready: str


@dataclass(frozen=True)
class Visit:
    seconds: float
    kilobytes: float


NETWORKS = (Network("Slow 3G", 400, 400), Network("Fast 3G", 1600, 150))
LIGHT = Form("light form", "/s/u", ".progress:not([hidden])")
STREAMLIT = Form("Streamlit page", "/survei?unit=u", "fieldset.unsur input")
#: The Streamlit page takes the better part of a minute; the light form's figures need the median.
TIMES = {LIGHT: 5, STREAMLIT: 1}


def main() -> None:
    print("First visit until a face can be chosen")
    print(f"{'network':>8}  {'form':>15}  {'seconds':>8}  {'kB':>7}  {'times faster':>12}")
    with _server() as url, sync_playwright() as playwright:
        path = chromium.executable()
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        for network in NETWORKS:
            light, streamlit = (_median(browser, url, form, network) for form in (LIGHT, STREAMLIT))
            _print(network, STREAMLIT, streamlit, 1)
            _print(network, LIGHT, light, streamlit.seconds / light.seconds)
        browser.close()
    print()


def _print(network: Network, form: Form, visit: Visit, faster: float) -> None:
    figures = f"{visit.seconds:>8.2f}  {visit.kilobytes:>7,.1f}  {faster:>12.0f}"
    print(f"{network.name:>8}  {form.name:>15}  {figures}", flush=True)


def _median(browser: Browser, url: str, form: Form, network: Network) -> Visit:
    visits = [_visit(browser, url + form.path, form.ready, network) for _ in range(TIMES[form])]
    return Visit(statistics.median(v.seconds for v in visits), statistics.median(v.kilobytes for v in visits))


def _visit(browser: Browser, url: str, ready: str, network: Network) -> Visit:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="id-ID")
    page = context.new_page()
    protocol, sizes = context.new_cdp_session(page), list[float]()
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", _conditions(network))
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url, wait_until="commit", timeout=180_000)
    page.wait_for_selector(ready, state="attached", timeout=180_000)
    milliseconds = float(page.evaluate("performance.now()"))
    page.wait_for_timeout(1000)
    context.close()
    return Visit(milliseconds / 1000, sum(sizes) / 1000)


def _conditions(network: Network) -> dict[str, Any]:
    throughput = network.kbit * 1000 / 8
    return {
        "offline": False,
        "latency": network.latency_ms,
        "downloadThroughput": throughput,
        "uploadThroughput": throughput,
    }


@contextmanager
def _server() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        database_url, port = f"sqlite:///{Path(folder) / 'bench.db'}", free_port()
        database = open_database(database_url)
        catalogue.create_agency(database, "opd", "OPD")
        catalogue.create_unit(database, "opd", "u", "Unit", time_zone="Asia/Makassar")
        database.close()
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", f"--server.port={port}"]
        process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": database_url})
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    main()
