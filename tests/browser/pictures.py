"""The pictures of the README, taken of the demonstration; run as a module it takes them anew.

All are of one office: a citizen's phone, the kiosk at its counter, the page of the leadership, the office's
own page and its report. What could differ from run to run stands still: seed and moment of the demonstration,
the server's clock, animations, and the font of the plain pages, which is the reports' and not the system's.
Another Chromium may draw a line differently: then all pictures differ, though nothing else has changed.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from analytics.period import Period
from survey_app.reports import demonstration, exports
from survey_app.reports.typesetting.printable import FONTS
from survey_app.reports.unit.report import unit_report
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN, Role
from survey_app.storage.database import Database, open_database
from tests.browser import chromium
from tests.browser.conftest import PATIENCE, serving
from tests.browser.signed_in import hold
from tests.browser.waiting import settle
from tests.reports.drawing import pages_drawn
from tests.signing_in import session_of
from tests.submissions import NOW
from tests.waiting import until

FOLDER = Path(__file__).parents[2] / "docs/pictures"
#: It has got better for years, and has answers enough to say so.
UNIT = "amdal"
LAST = Period.parse("2026-TW3")
#: To the first two questions; the third is open.
ANSWERS = ("Sesuai", "Sangat mudah")
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
TABLET: Final[ViewportSize] = {"width": 1280, "height": 800}
DESK: Final[ViewportSize] = {"width": 1440, "height": 900}


def take(folder: Path) -> None:
    """Fill a database of its own with the demonstration, and put every picture into `folder`."""
    with tempfile.TemporaryDirectory() as temporary:
        url = f"sqlite:///{temporary}/survey.db"
        database = open_database(url)
        demonstration.load(database, ADMIN, NOW, _tell)
        take_of(database, url, folder)
        database.close()


def take_of(database: Database, database_url: str, folder: Path) -> None:
    """The pictures of a database that holds the demonstration."""
    folder.mkdir(exist_ok=True)
    _report(database, folder / "report.png")
    settings = {"SURVEY_SCHEDULE_SECONDS": "0", "SURVEY_PUBLIC_URL": "https://survei.kaltimprov.go.id"}
    with serving(database_url, "tests.browser.standing_clock", **settings) as url, _browser() as browser:
        _phone(browser, url, folder / "phone.png")
        _kiosk(browser, url, database, folder / "kiosk.png")
        token = session_of(database, Role.LEADERSHIP, now=NOW)
        _summary(browser, url, token, folder / "ringkasan.png")
        _unit(browser, url, token, folder / "unit.png")


def _report(database: Database, path: Path) -> None:
    """The cover and the page of figures, side by side."""
    document = unit_report(exports.of_unit(database, UNIT, LAST, "id", NOW))
    # Drawn large and made small: Typst leaves parts of small letters in figures out.
    drawn = pages_drawn(document, ppi=300)
    desk = Image.new("RGB", (1280, 900), "#e4e9ed")
    for left, page in ((18, drawn[0]), (646, drawn[4])):
        desk.paste(page.convert("RGB").resize((616, 871), Image.Resampling.LANCZOS), (left, 14))
    _write(desk, path)


def _phone(browser: Browser, url: str, path: Path) -> None:
    """Begun: somebody is at the third question."""
    page = _page(browser, PHONE)
    page.goto(f"{url}/s/{UNIT}/amdal")
    for chosen in ANSWERS:
        page.get_by_role("radio", name=chosen, exact=True).first.click()
    expect(page.get_by_text("2 dari 9 dijawab")).to_be_visible()
    _save(page, path)


def _kiosk(browser: Browser, url: str, database: Database, path: Path) -> None:
    """Paired as an operator does it, then the third question of somebody at the counter."""
    page = _page(browser, TABLET)
    pairing = devices.create_pairing(database, ADMIN, UNIT, "Anjungan loket 3", NOW)
    page.goto(f"{url}/k#{pairing.code}")
    page.get_by_label("PIN petugas baru").fill("314159")
    page.get_by_role("button", name="Hubungkan").click()
    for name in ("Mulai", "Amdal", *ANSWERS):
        button = page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible()
        page.wait_for_timeout(500)  # a tap that comes sooner may be the last one's trembling
        button.click()
    expect(page.get_by_text("Waktu Penyelesaian")).to_be_visible()
    _save(page, path)


def _summary(browser: Browser, url: str, token: str, path: Path) -> None:
    """As the leadership has it on the screen."""
    page = _page(browser, DESK)
    hold(page.context, url, token)
    page.goto(f"{url}/ringkasan?period=2026-S1")
    expect(page.locator(".sum-low")).to_be_visible()
    settle(page)
    _save(page, path)


def _unit(browser: Browser, url: str, token: str, path: Path) -> None:
    """In the dark, as the browser asks for it."""
    page = _page(browser, DESK, dark=True)
    hold(page.context, url, token)
    page.goto(f"{url}/unit?unit={UNIT}")
    _choose(page, "Periode", "Triwulan III 2026", shown="IKM Triwulan III 2026")
    _save(page, path)


def _choose(page: Page, label: str, option: str, *, shown: str) -> None:
    """Choose in the side bar, and wait until the page has said what is `shown` then."""
    settle(page)
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_test_id("stMain").get_by_text(shown)).to_be_visible()
    settle(page)


@contextmanager
def _browser() -> Iterator[Browser]:
    """A Chromium that writes in the font of the reports, whatever the system has."""
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(_FONTS.format(fonts=FONTS, cache=folder), encoding="utf-8")
        yield playwright.chromium.launch(
            executable_path=chromium.executable(),
            args=chromium.ARGUMENTS,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )


#: For every kind of letters first the reports' font; the system's only for signs that it lacks.
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <match><edit name="family" mode="prepend" binding="strong"><string>Noto Sans</string></edit></match>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def _page(browser: Browser, size: ViewportSize, *, dark: bool = False) -> Page:
    """Of a visitor of its own, so that no picture depends on another."""
    context = browser.new_context(
        viewport=size,
        locale="id-ID",
        timezone_id="Asia/Makassar",
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _save(page: Page, path: Path) -> None:
    """What the page shows once it shows the same twice, with no pointer and no focus in it."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    seen: list[bytes] = []

    def still() -> bool:
        page.wait_for_timeout(500)
        seen.append(page.screenshot(animations="disabled"))
        return seen[-1:] == seen[-2:-1]

    until(still)
    _write(Image.open(io.BytesIO(seen[-1])).convert("RGB"), path)


def _write(picture: Image.Image, path: Path) -> None:
    """In few colours, to be small, and with a thin edge: a white page ends where a white page begins."""
    edged = ImageOps.expand(picture, 1, "#c5ccd3")
    edged.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def _tell(share: float, what: str) -> None:
    sys.stderr.write(f"\r{share:4.0%} {what:30}")


if __name__ == "__main__":
    take(FOLDER)
