"""A citizen's first visit on a slow network: the light form beside the Streamlit page, in one run.

    python -m benchmarks.first_visit

Chromium's own network emulation, a fresh profile each time. The Streamlit page twice: by Streamlit's own
server with its default settings, which the goal is set against, and compressed as it is served here. The
browser's clock, from the start of the navigation until a face can be chosen and the page's script has run.
"""

from __future__ import annotations

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks import servers
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.storage.database import open_database
from tests.browser import chromium


@dataclass(frozen=True)
class Network:
    name: str
    kbit: int
    latency_ms: int


@dataclass(frozen=True)
class Form:
    """A way to answer: `ready` is there once a person can. Of several visits the median counts."""

    name: str
    path: str
    ready: str
    times: int


@dataclass(frozen=True)
class Visit:
    seconds: float
    kilobytes: float


NETWORKS = (Network("Slow 3G", 400, 400), Network("Fast 3G", 1600, 150))
LIGHT = Form("light form", "/s/u", ".progress:not([hidden])", times=5)
OURS = Form("Streamlit page, as served here", "/survei?unit=u", "fieldset.unsur input", times=1)
PLAIN = Form("Streamlit page, its own server", OURS.path, OURS.ready, times=1)
GOAL_SECONDS, GOAL_TIMES = 0.8, 50


def main() -> None:
    print("First visit until a face can be chosen")
    print(f"{'network':>8}  {'form':>30}  {'seconds':>8}  {'kB':>7}  {'times faster':>12}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = _database(Path(folder))
        path = chromium.executable()
        browser = playwright.chromium.launch(executable_path=path, args=chromium.ARGUMENTS)
        with servers.together(url) as here, servers.plain_streamlit(url) as plain:
            for network in NETWORKS:
                base = _median(browser, plain.url, PLAIN, network)
                _print(network, PLAIN, base, base)
                for form in (OURS, LIGHT):
                    _print(network, form, _median(browser, here.url, form, network), base)
        browser.close()
    print(f"goal on {NETWORKS[0].name}: under {GOAL_SECONDS} s, and {GOAL_TIMES} times faster\n")


def _print(network: Network, form: Form, visit: Visit, base: Visit) -> None:
    figures = f"{visit.seconds:>8.2f}  {visit.kilobytes:>7,.1f}  {base.seconds / visit.seconds:>12.0f}"
    print(f"{network.name:>8}  {form.name:>30}  {figures}", flush=True)


def _median(browser: Browser, url: str, form: Form, network: Network) -> Visit:
    visits = [_visit(browser, url + form.path, form.ready, network) for _ in range(form.times)]
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


def _database(folder: Path) -> str:
    """The URL of a database with one unit."""
    database_url = f"sqlite:///{folder / 'bench.db'}"
    database = open_database(database_url)
    catalogue.create_agency(database, ADMIN, "opd", "OPD")
    catalogue.create_unit(database, ADMIN, "opd", "u", "Unit", time_zone="Asia/Makassar")
    database.close()
    return database_url


if __name__ == "__main__":
    main()
