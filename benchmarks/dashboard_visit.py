"""A first visit of Ringkasan on Fast 3G: our server, whose static files are compressed, and the default.

    python -m benchmarks.dashboard_visit

Chromium's own network emulation, a fresh profile each time, the same pages and database. The default is
Streamlit's own server (`streamlit run` of the page script); ours is streamlit_app.py. From the start of the
navigation until the index stands on the screen, and until its figure does.
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

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import province
from tests.browser import chromium
from tests.browser.signed_in import hold
from tests.servers import free_port, wait_for
from tests.signing_in import session_of

RESPONSES, TIMES = 20_000, 3
#: Fast 3G: 1.6 Mbit/s with 150 ms.
CONDITIONS = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 1_600_000 / 8,
}
SERVERS = {
    "as Streamlit serves it": ("survey_app/pages/main.py", "_stcore/health"),
    "compressed beforehand": ("streamlit_app.py", "healthz"),
}


@dataclass(frozen=True)
class Visit:
    """Seconds until the number and the figure are there, and kilobytes on the wire until a second later."""

    number: float
    figure: float
    kilobytes: float


def main() -> None:
    print("First visit of Ringkasan on Fast 3G (median)")
    print(f"{'static files':>24}  {'number':>8}  {'figure':>8}  {'kB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = province.build(path, RESPONSES)
        token = session_of(database)
        database.close()
        for name, (script, health) in SERVERS.items():
            with _server(script, health, path) as url, sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium.executable(), args=chromium.ARGUMENTS
                )
                _print(name, [_visit(browser, url, token) for _ in range(TIMES)])
                browser.close()
    print()


def _print(name: str, visits: list[Visit]) -> None:
    number, figure, size = (
        statistics.median(getattr(v, field) for v in visits) for field in ("number", "figure", "kilobytes")
    )
    print(f"{name:>24}  {number:>6.1f} s  {figure:>6.1f} s  {size:>8,.0f}", flush=True)


def _visit(browser: Browser, url: str, token: str) -> Visit:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, locale="id-ID")
    hold(context, url, token)
    page = context.new_page()
    protocol, sizes = context.new_cdp_session(page), list[float]()
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", CONDITIONS)
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{url}/ringkasan", wait_until="commit", timeout=180_000)
    number, figure = (_seconds(page, ready) for ready in (".tile .big", ".js-plotly-plot .scatterlayer"))
    page.wait_for_timeout(1000)
    context.close()
    return Visit(number, figure, sum(sizes) / 1000)


def _seconds(page: Page, ready: str) -> float:
    """From the start of the navigation until `ready` is there."""
    page.wait_for_selector(ready, state="attached", timeout=180_000)
    return float(page.evaluate("performance.now()")) / 1000


@contextmanager
def _server(script: str, health: str, database: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={port}"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": str(Path.cwd())}
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/{health}", lambda: process.poll() is not None)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
