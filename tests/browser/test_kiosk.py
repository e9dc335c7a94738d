"""A kiosk in a real browser: one person after another, with and without a network, and its operator."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from analytics.period import Period
from survey_app.services.answers import consent
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.process import runtime
from survey_app.storage.database import Database, open_database
from survey_app.storage.tables import response, service, unit
from survey_app.text import Text
from tests.browser.axe import violations
from tests.browser.conftest import PATIENCE
from tests.browser.waiting import holds_in_page, until_in_page
from tests.servers import PlainServer
from tests.submissions import consents
from tests.waiting import until

PIN = "314159"
_number = itertools.count()
SIZES = [(1280, 800), (1080, 1920), (768, 1024)]
#: The idle screen is seen on whatever stands or hangs there.
IDLE_SIZES = [*SIZES, (1024, 768), (390, 844), (360, 640), (844, 390)]
RECEIPT = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")

#: Back, and over when the page has been told.
BACK = "() => new Promise(done => { addEventListener('popstate', done, {once: true}); history.back(); })"

#: Neither the database nor the way in for answers works any more; heartbeats still arrive. Both cuts are made
#: inside the page, where they begin and end together.
CUT_OFF = """() => {
  IDBFactory.prototype.open = () => { throw new DOMException("no"); };
  window.whole = fetch;
  const cut = () => Promise.reject(new TypeError("cut off"));
  window.fetch = (to, sent) => to === "/api/responses" ? cut() : whole(to, sent);
}"""

#: What would scroll, lie outside the screen, be cut off or covered, or be too small for a finger.
FAULTS = """() => [...document.querySelectorAll("body *")].flatMap(e => {
  const b = e.getBoundingClientRect(), name = `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`;
  if (e.closest("svg, template, script, style") || !b.width || !b.height) return [];
  const faults = [];
  if (e.scrollHeight > e.clientHeight + 1 && e.clientHeight) faults.push(`scrolls: ${name}`);
  const room = e.closest("main")?.getBoundingClientRect() || {top: 0, bottom: innerHeight};
  const across = b.right > innerWidth + 1 || b.left < -1;
  if (across || b.bottom > room.bottom + 1 || b.top < room.top - 1) faults.push(`outside: ${name}`);
  const small = e.matches("button, input, textarea") && Math.min(b.width, b.height) < 63.9;
  if (small) faults.push(`small: ${name}`);
  const on = e.matches("button") && document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
  if (on && !e.contains(on)) faults.push(`covered: ${name}`);
  return faults;
})"""


@dataclass
class Kiosk:
    """A paired kiosk showing its idle screen. Time passes when the test says so, and not by itself."""

    page: Page
    server: PlainServer
    database: Database
    unit: str
    device: str

    def pass_(self, seconds: float) -> None:
        self.page.clock.run_for(int(seconds * 1000))

    def pass_until(self, condition: Callable[[], bool]) -> None:
        """Let one minute pass after another: what the kiosk does once a minute, it may still be doing."""

        def a_minute_later() -> bool:
            self.pass_(61)
            return condition()

        until(a_minute_later)

    def resize(self, width: int, height: int) -> None:
        """Another screen. A filled one has no other size: it is left, and the next tap fills it again."""
        self.leave_full_screen()
        self.page.set_viewport_size({"width": width, "height": height})

    def leave_full_screen(self) -> None:
        self.page.evaluate("document.fullscreenElement && document.exitFullscreen()")

    def violations(self) -> list[str]:
        """What axe finds; it waits for timers, which stand still here."""
        return violations(self.page, lambda: self.pass_(0.01))

    def button(self, name: str) -> None:
        self.pass_(0.4)
        self.page.get_by_role("button", name=name, exact=True).click()

    def renewed(self, service_code: str) -> None:
        """Wait until the idle kiosk has fetched by itself a page that knows the service."""
        knows = "code => document.getElementById('data').textContent.includes(code)"
        self.pass_until(lambda: holds_in_page(self.page, knows, f'"{service_code}"'))
        self.idle_screen()

    def begin(self) -> None:
        self.button("Mulai")

    def answer(self, sheet: str, before_each: Callable[[], object] = lambda: None) -> None:
        for level in sheet:
            self.pass_(0.4)
            before_each()
            self.page.locator(".faces button").nth(int(level) - 1).click()
            self.pass_(0.3)

    def survey(self, sheet: str, comment: str = "") -> None:
        self.begin()
        self.answer(sheet)
        self.button("Lewati semua")
        self.page.get_by_label("Saran, keluhan").fill(comment)
        self.button("Kirim")

    def staff(self) -> None:
        self.button("Petugas")
        self.page.keyboard.type(PIN)
        expect(self.page.get_by_role("heading", name="Menu petugas")).to_be_visible()

    def idle_screen(self) -> None:
        expect(self.page.get_by_role("button", name="Mulai")).to_be_visible()

    @contextmanager
    def without_server(self) -> Iterator[None]:
        self.server.kill()
        try:
            yield
        finally:
            self.server.start()

    def stored(self) -> list[str]:
        """The answer sheets of this kiosk's unit, in the order of arrival."""
        query = sa.select(response.c.scores).join(unit, unit.c.id == response.c.unit_id)
        with self.database.read() as connection:
            rows = connection.execute(query.where(unit.c.code == self.unit).order_by(response.c.seq))
            return list(rows.scalars())

    def consents(self) -> list[int | None]:
        """The version of the consent text stored with each of them."""
        return consents(self.database, self.unit)

    def waiting(self) -> int:
        """Answers in the outbox, sent by nobody yet."""
        found: int = self.page.evaluate(
            """() => new Promise(done => {
              indexedDB.open("outbox", 1).onsuccess = ({target}) => {
                const counted = target.result.transaction("answers").objectStore("answers").count();
                counted.onsuccess = () => { target.result.close(); done(counted.result); };
              };
            })"""
        )
        return found


@pytest.fixture(scope="module")
def database(plain_server: PlainServer) -> Iterator[Database]:
    opened = open_database(plain_server.database_url)
    yield opened
    opened.close()


@pytest.fixture
def kiosk(browser: Browser, plain_server: PlainServer, database: Database) -> Iterator[Kiosk]:
    """In a unit of its own."""
    unit_code = f"kios-{next(_number)}"
    name = "Pelayanan Terpadu Satu Pintu"
    catalogue.create_unit(database, ADMIN, "opd", unit_code, name, time_zone="Asia/Makassar")
    made = paired(browser, plain_server, database, unit_code)
    yield made
    made.page.context.close()


def paired(browser: Browser, server: PlainServer, database: Database, unit_code: str) -> Kiosk:
    """A kiosk of the unit, paired by typing code and PIN, as an operator does."""
    pairing = devices.create_pairing(database, ADMIN, unit_code, "Loket 1", runtime.now())
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    _pause(context)
    page.goto(f"{server.url}/k#{pairing.code}")
    page.get_by_label("PIN petugas baru").fill(PIN)
    page.get_by_role("button", name="Hubungkan").click()
    page.wait_for_url("**/k/*")
    made = Kiosk(page, server, database, unit_code, page.url.rpartition("/")[2])
    made.idle_screen()
    return made


def _pause(context: BrowserContext) -> None:
    """Let the page's time stand still, but not its patience with network and database, which take real time.

    Playwright lets both pass together: a minute passed while a request is on its way would cancel it.
    """
    context.add_init_script("AbortSignal.inRealTime = AbortSignal.timeout")
    context.clock.install()
    context.clock.pause_at(datetime.now(UTC) + timedelta(seconds=5))
    context.add_init_script("AbortSignal.timeout = AbortSignal.inRealTime")


def test_a_whole_survey_fits_every_screen_without_scrolling(kiosk: Kiosk) -> None:
    catalogue.create_service(kiosk.database, ADMIN, kiosk.unit, "izin", "Perizinan berusaha berbasis risiko")
    kiosk.renewed("izin")
    for width, height in SIZES:
        kiosk.resize(width, height)
        _survey_looking_for_faults(kiosk, f"{width}x{height}")
    assert kiosk.stored() == ["334443344"] * len(SIZES)


def _survey_looking_for_faults(kiosk: Kiosk, size: str) -> None:
    def look() -> None:
        assert kiosk.page.evaluate(FAULTS) == [], size
        kiosk.button("English")
        assert kiosk.page.evaluate(FAULTS) == [], f"{size}, English"
        kiosk.button("Bahasa Indonesia")
        kiosk.pass_(0.4)

    look()
    kiosk.begin()
    look()
    kiosk.page.get_by_role("button", name="Layanan umum").click()
    kiosk.pass_(0.3)
    kiosk.answer("334443344", look)
    while kiosk.page.get_by_role("button", name="Lewati", exact=True).is_visible():
        look()
        kiosk.page.locator(".options button").last.click()
        kiosk.pass_(0.3)
    look()
    kiosk.button("Kirim")
    expect(kiosk.page.locator(".code")).to_have_text(RECEIPT)
    look()
    kiosk.button("Selesai")
    kiosk.idle_screen()


def test_the_idle_screen_promises_the_steps_that_come_and_shows_nothing_to_tap_that_does_nothing(
    kiosk: Kiosk,
) -> None:
    """Nine unsur; age, sex, schooling and work, and the comment, five that may be left out."""
    page = kiosk.page
    for width, height in IDLE_SIZES:
        kiosk.resize(width, height)
        assert page.evaluate(FAULTS) == [], f"{width}x{height}"
    assert page.locator("main svg").count() == 1  # the code for one's own phone
    expect(
        page.get_by_text(
            "Hanya 9 pertanyaan singkat, sekitar 2 menit. Setelah itu, 5 pertanyaan lain boleh dilewati."
        )
    ).to_be_visible()
    kiosk.begin()
    expect(page.get_by_text("Pertanyaan 1 dari 9")).to_be_visible()
    kiosk.answer("333333333")
    for step in range(1, 5):
        expect(page.get_by_text(f"Tentang Anda, {step} dari 4")).to_be_visible()
        kiosk.button("Lewati")
    expect(page.get_by_text("Saran", exact=True)).to_be_visible()
    expect(page.get_by_text("boleh dikosongkan")).to_be_visible()


def test_many_services_with_long_names_are_turned_over_like_pages(kiosk: Kiosk) -> None:
    name = "Pengujian dan sertifikasi mutu barang ekspor dan impor untuk usaha mikro dan kecil, jenis {}"
    for i in range(2, 13):
        catalogue.create_service(kiosk.database, ADMIN, kiosk.unit, f"s{i}", name.format(i))
    kiosk.renewed("s12")
    kiosk.begin()
    for width, height in SIZES:
        kiosk.resize(width, height)
        for shown in (8, 4):
            expect(kiosk.page.locator(".options button")).to_have_count(shown)
            assert kiosk.page.evaluate(FAULTS) == [], f"{width}x{height}"
            kiosk.button("Layanan lain")
    kiosk.button("Layanan lain")
    kiosk.button(name.format(12))
    kiosk.pass_(0.3)
    kiosk.answer("222222222")
    kiosk.button("Lewati semua")
    kiosk.button("Kirim")
    expect(kiosk.page.locator(".code")).to_have_text(RECEIPT)
    with kiosk.database.read() as connection:
        query = sa.select(service.c.code).join(response, response.c.service_id == service.c.id)
        code = connection.execute(query.join(unit).where(unit.c.code == kiosk.unit)).scalar_one()
    assert code == "s12"


def test_axe_finds_nothing_on_any_kind_of_screen(kiosk: Kiosk) -> None:
    def look() -> None:
        assert kiosk.violations() == []

    look()
    kiosk.begin()
    look()
    kiosk.answer("1")
    kiosk.pass_(31)
    expect(kiosk.page.get_by_text("Apakah Anda masih mengisi?")).to_be_visible()
    look()
    kiosk.button("Lanjutkan")
    kiosk.answer("33443344")
    look()
    kiosk.button("Lewati semua")
    look()
    kiosk.button("Kirim")
    expect(kiosk.page.locator(".code")).to_have_text(RECEIPT)
    look()
    kiosk.button("Selesai")
    kiosk.button("Petugas")
    look()
    kiosk.page.keyboard.type(PIN)
    expect(kiosk.page.get_by_role("heading", name="Menu petugas")).to_be_visible()
    look()
    kiosk.button("Hubungkan lagi")
    look()


def test_an_idle_person_is_warned_with_a_countdown_and_then_wiped(kiosk: Kiosk) -> None:
    page = kiosk.page
    kiosk.begin()
    kiosk.answer("111")
    kiosk.pass_(29)
    expect(page.get_by_role("dialog")).to_be_hidden()
    kiosk.pass_(2)
    expect(page.get_by_role("dialog")).to_contain_text("Apakah Anda masih mengisi?")
    first = int(page.locator("#left").inner_text())
    kiosk.pass_(5)
    assert int(page.locator("#left").inner_text()) == first - 5
    page.mouse.click(5, 5)  # beside the warning: answers nothing, prolongs nothing
    expect(page.get_by_role("dialog")).to_be_visible()
    kiosk.button("Lanjutkan")
    expect(page.get_by_text("Pertanyaan 4 dari")).to_be_visible()
    kiosk.pass_(46)
    kiosk.idle_screen()
    expect(page.get_by_role("dialog")).to_be_hidden()
    kiosk.begin()
    expect(page.get_by_text("Pertanyaan 1 dari")).to_be_visible()
    expect(page.locator("[aria-pressed=true]")).to_have_count(0)
    assert kiosk.stored() == []


def test_the_thank_you_goes_by_itself_and_the_next_person_has_an_id_of_their_own(kiosk: Kiosk) -> None:
    ids: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/responses"):
            ids.append(json.loads(request.post_data or "")["id"])

    kiosk.page.on("request", note)
    for sheet in ("444444444", "222222222"):
        kiosk.survey(sheet)
        expect(kiosk.page.locator(".code")).to_have_text(RECEIPT)
        expect(kiosk.page.get_by_text("dalam 12 detik")).to_be_visible()
        kiosk.pass_(13)
        kiosk.idle_screen()
    assert kiosk.stored() == ["444444444", "222222222"]
    assert len(set(ids)) == 2
    assert [value[14] for value in ids] == ["7", "7"]


@pytest.mark.parametrize("end", ["sent", "idle"])
def test_back_and_tab_never_show_what_the_person_before_answered(kiosk: Kiosk, end: str) -> None:
    page, secret = kiosk.page, "petugas loket tiga kasar"
    kiosk.begin()
    kiosk.answer("123412341")
    kiosk.button("Lewati semua")
    page.get_by_label("Saran, keluhan").fill(secret)
    if end == "sent":
        kiosk.button("Kirim")
        expect(page.locator(".code")).to_have_text(RECEIPT)
        kiosk.button("Selesai")
    else:
        kiosk.pass_(46)
    kiosk.idle_screen()
    for _ in range(4):
        page.evaluate(BACK)
        _holds_nothing_of(page, secret)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.value || ''") == ""
    kiosk.begin()
    for _ in range(9):
        expect(page.locator("[aria-pressed=true]")).to_have_count(0)
        kiosk.answer("4")
    kiosk.button("Lewati semua")
    expect(page.get_by_label("Saran, keluhan")).to_have_value("")
    page.reload()
    kiosk.idle_screen()
    _holds_nothing_of(page, secret)
    assert kiosk.waiting() == 0


def _holds_nothing_of(page: Page, secret: str) -> None:
    kept = page.evaluate(
        """() => JSON.stringify([document.documentElement.outerHTML, {...localStorage}, {...sessionStorage},
           history.state, [...document.querySelectorAll("input, textarea")].map(e => e.value)])"""
    )
    assert secret not in kept
    assert 'aria-pressed=\\"true\\"' not in kept


def test_browser_back_within_a_turn_shows_the_question_before(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.answer("31")
    kiosk.page.evaluate(BACK)
    expect(kiosk.page.get_by_text("Pertanyaan 2 dari")).to_be_visible()
    expect(kiosk.page.locator("[aria-pressed=true]")).to_have_text("Tidak mudah")


def test_a_double_tap_answers_one_question(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.pass_(0.4)
    # Inside the page, where no time passes between the taps: two on one question, one as the next appears.
    kiosk.page.evaluate(
        """() => {
          const first = () => document.querySelector(".faces button");
          new MutationObserver((_, watching) => { watching.disconnect(); first().click(); })
            .observe(document.querySelector("main"), {childList: true, subtree: true});
          first().click();
          first().click();
        }"""
    )
    kiosk.pass_(0.3)
    kiosk.pass_(0.3)
    expect(kiosk.page.get_by_text("Pertanyaan 2 dari")).to_be_visible()


def test_offline_answers_wait_over_a_reload_and_arrive_once(kiosk: Kiosk) -> None:
    page, sheets = kiosk.page, ["111111111", "222222222", "333333333"]
    until_in_page(page, "async () => (await (await caches.open('pages')).keys()).length > 0")
    with kiosk.without_server():
        for sheet in sheets:
            kiosk.survey(sheet)
            expect(page.get_by_text("tersimpan di sini dan")).to_be_visible()
            kiosk.button("Selesai")
        page.reload()
        kiosk.idle_screen()
        expect(page.get_by_text("Jawaban dari 3 orang menunggu jaringan")).to_be_visible()
    kiosk.pass_until(lambda: len(kiosk.stored()) == 3)
    kiosk.pass_until(page.get_by_text("menunggu jaringan").is_hidden)
    assert kiosk.waiting() == 0
    assert devices.find(kiosk.database, kiosk.device).unsent == 0
    assert sorted(kiosk.stored()) == sheets
    assert kiosk.consents() == [consent.VERSION] * 3


def test_a_database_that_does_not_answer_is_not_taken_for_an_empty_one(kiosk: Kiosk) -> None:
    page, database = kiosk.page, "IDBFactory.prototype.open"
    with kiosk.without_server():
        kiosk.survey("123123123")
        expect(page.get_by_text("tersimpan di sini dan")).to_be_visible()
        kiosk.button("Selesai")
        kiosk.pass_until(page.get_by_text("Jawaban dari 1 orang menunggu jaringan").is_visible)
        page.evaluate(f"() => {{ window.whole = {database}; {database} = () => {{ throw Error(); }}; }}")
    kiosk.pass_until(lambda: devices.find(kiosk.database, kiosk.device).unsent == 1)
    expect(page.get_by_text("Jawaban dari 1 orang menunggu jaringan")).to_be_visible()
    page.evaluate(f"() => {{ {database} = window.whole; }}")
    kiosk.pass_until(lambda: kiosk.stored() == ["123123123"])
    kiosk.pass_until(page.get_by_text("menunggu jaringan").is_hidden)
    assert devices.find(kiosk.database, kiosk.device).unsent == 0


def test_with_a_revoked_token_nothing_is_lost_and_pairing_again_sends_it(kiosk: Kiosk) -> None:
    page = kiosk.page
    devices.revoke(kiosk.database, ADMIN, kiosk.device, runtime.now())
    kiosk.survey("432143214")
    expect(page.get_by_text("tersimpan di sini dan")).to_be_visible()
    kiosk.button("Selesai")
    expect(page.get_by_text("Layar survei ini perlu dihubungkan lagi")).to_be_visible()
    assert kiosk.stored() == []
    assert kiosk.waiting() == 1
    code = devices.create_repairing(kiosk.database, ADMIN, kiosk.device, runtime.now()).code
    kiosk.staff()
    kiosk.button("Hubungkan lagi")
    page.get_by_label("Kode penghubung").fill(code.lower())
    page.get_by_role("button", name="Hubungkan", exact=True).click()
    kiosk.idle_screen()
    kiosk.pass_until(lambda: kiosk.stored() == ["432143214"])
    kiosk.pass_until(page.get_by_text("perlu dihubungkan lagi").is_hidden)


def test_a_refused_answer_is_kept_aside_and_shown_to_the_operator(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.answer("111122223")
    kiosk.button("Lewati semua")
    catalogue.set_service_active(kiosk.database, ADMIN, kiosk.unit, "umum", active=False)
    kiosk.button("Kirim")
    expect(kiosk.page.get_by_text("tersimpan di sini, tetapi belum dapat diterima.")).to_be_visible()
    kiosk.button("Selesai")
    kiosk.pass_until(kiosk.page.get_by_text("Jawaban dari 1 orang belum diterima").is_visible)
    kiosk.staff()
    expect(kiosk.page.get_by_text("Survei untuk Layanan umum sudah ditutup.")).to_be_visible()
    assert kiosk.waiting() == 1


def test_the_outbox_is_saved_to_a_file_in_an_emergency(kiosk: Kiosk) -> None:
    with kiosk.without_server():
        kiosk.survey("123412341", "Antre lama")
        expect(kiosk.page.get_by_text("tersimpan di sini dan")).to_be_visible()
        _export(kiosk)


def _export(kiosk: Kiosk) -> None:
    kiosk.button("Selesai")
    kiosk.staff()
    with kiosk.page.expect_download() as waiting:
        kiosk.button("Simpan jawaban ke berkas")
    saved = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert waiting.value.suggested_filename.startswith(f"kios-{kiosk.device}-")
    assert [r["body"]["comment"] for r in saved["records"]] == ["Antre lama"]
    assert list(saved["records"][0]["body"]["answers"].values()) == [1, 2, 3, 4, 1, 2, 3, 4, 1]


def test_where_the_browser_keeps_nothing_the_answer_is_sent_when_the_network_returns(kiosk: Kiosk) -> None:
    kiosk.page.evaluate("() => { IDBFactory.prototype.open = () => { throw new DOMException('no'); }; }")
    with kiosk.without_server():
        kiosk.survey("343434343")
        expect(kiosk.page.get_by_text("tersimpan di sini dan")).to_be_visible()
        kiosk.button("Selesai")
    kiosk.pass_until(lambda: kiosk.stored() == ["343434343"])


def test_only_the_pin_leads_out_and_guessing_locks(kiosk: Kiosk) -> None:
    page = kiosk.page
    kiosk.button("Petugas")
    for left in (4, 3, 2, 1):
        page.keyboard.type("000000")
        expect(page.get_by_text(f"PIN salah. Sisa {left} percobaan.")).to_be_visible()
    page.keyboard.type("000000")
    expect(page.get_by_text("Terlalu sering salah")).to_be_visible()
    page.keyboard.type(PIN)
    expect(page.get_by_text("Terlalu sering salah")).to_be_visible()
    expect(page.get_by_role("heading", name="Menu petugas")).to_be_hidden()
    kiosk.pass_(61)
    for digit in PIN:
        page.get_by_role("dialog").get_by_role("button", name=digit, exact=True).click()
    expect(page.get_by_role("heading", name="Menu petugas")).to_be_visible()
    kiosk.button("Tutup anjungan")
    expect(page.get_by_role("heading", name="Anjungan ditutup")).to_be_visible()
    until(lambda: not page.evaluate("!!document.fullscreenElement"))


def test_a_screen_that_fills_only_after_the_kiosk_was_left_is_given_back(kiosk: Kiosk) -> None:
    page = kiosk.page
    kiosk.leave_full_screen()
    page.evaluate("""() => {
      window.givenBack = 0;
      Element.prototype.requestFullscreen = () => new Promise(done => { window.fill = done; });
      document.exitFullscreen = async () => { window.givenBack += 1; };
    }""")
    kiosk.button("Petugas")
    page.keyboard.type(PIN)
    expect(page.get_by_role("heading", name="Menu petugas")).to_be_visible()
    kiosk.button("Tutup anjungan")
    expect(page.get_by_role("heading", name="Anjungan ditutup")).to_be_visible()
    page.evaluate("window.fill()")
    until(lambda: page.evaluate("window.givenBack") == 1)


def test_a_reload_gives_no_more_tries(kiosk: Kiosk) -> None:
    page = kiosk.page

    def guess(said: str) -> None:
        kiosk.button("Petugas")
        page.keyboard.type("000000")
        expect(page.get_by_text(said)).to_be_visible()
        page.reload()
        kiosk.idle_screen()

    for left in (4, 3, 2, 1):
        guess(f"PIN salah. Sisa {left} percobaan.")
    guess("Terlalu sering salah")
    kiosk.button("Petugas")
    page.keyboard.type(PIN)
    expect(page.get_by_text("Terlalu sering salah")).to_be_visible()
    # A clock set back by a day locks the operator out for a minute, not for a day.
    page.evaluate("Date.now = (now => () => now() - 864e5)(Date.now)")
    kiosk.button("Batal")
    kiosk.button("Petugas")
    page.keyboard.type(PIN)
    expect(page.get_by_text("Terlalu sering salah")).to_be_visible()
    kiosk.pass_(61)
    page.keyboard.type(PIN)
    expect(page.get_by_role("heading", name="Menu petugas")).to_be_visible()


def test_a_clock_set_back_leaves_nobodys_answers_on_the_screen(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.answer("12")
    kiosk.page.evaluate("Date.now = (now => () => now() - 36e5)(Date.now)")
    kiosk.pass_(46)
    kiosk.idle_screen()


def test_a_new_version_does_not_end_what_could_not_be_kept(kiosk: Kiosk) -> None:
    page = kiosk.page
    page.evaluate(CUT_OFF)
    kiosk.survey("414141414")
    expect(page.get_by_text("tersimpan di sini dan")).to_be_visible()
    kiosk.button("Selesai")
    # The page is outdated now: the kiosk learns it, and stays.
    catalogue.create_service(kiosk.database, ADMIN, kiosk.unit, "izin", "Izin usaha")
    before = devices.find(kiosk.database, kiosk.device).last_seen
    kiosk.pass_until(lambda: devices.find(kiosk.database, kiosk.device).last_seen > before)
    # Fails if the page was loaded again meanwhile: what it could not keep would be gone.
    page.evaluate("() => { if (!window.whole) throw Error('loaded again'); window.fetch = window.whole; }")
    kiosk.pass_until(lambda: kiosk.stored() == ["414141414"])
    # With everything sent it fetches the new one.
    kiosk.renewed("izin")


def test_a_wrong_pairing_code_and_a_short_pin_are_said(browser: Browser, plain_server: PlainServer) -> None:
    page = browser.new_page(locale="id-ID")
    page.goto(f"{plain_server.url}/k")
    page.get_by_label("Kode penghubung").fill("AAAA-AAAA")
    page.get_by_label("PIN petugas baru").fill("12")
    page.get_by_role("button", name="Hubungkan").click()
    expect(page.get_by_text("PIN harus 6 angka.")).to_be_visible()
    page.get_by_label("PIN petugas baru").fill(PIN)
    page.get_by_role("button", name="Hubungkan").click()
    expect(page.get_by_text("Kode tidak berlaku")).to_be_visible()
    page.close()


def tell(kiosk: Kiosk, *pairs: tuple[str, str]) -> None:
    """Publish pairs of the kiosk's unit, English as long as Indonesian, and wait until it knows them."""
    for said, mended in pairs:
        action = Action(
            period=Period.parse("2026-TW1"),
            unsur="waktu",
            plan="Loket",
            status=Status.DONE,
            realisation="Sudah",
            pair=Pair(Text(said, said.upper()), Text(mended, mended.upper())),
            published=True,
        )
        plans.add(kiosk.database, Acting(Role.ADMIN), kiosk.unit, action, runtime.now())
    knows = "n => JSON.parse(document.getElementById('data').textContent).improved.length === n"
    kiosk.pass_until(lambda: holds_in_page(kiosk.page, knows, len(pairs)))
    kiosk.idle_screen()


SHORT = (("Antrean lama", "Dua loket dibuka"), ("Ruang panas", "Kipas dipasang"))
#: As long as a sentence may be: 140 letters.
LONGEST = ("Antrean di loket sangat lama dan melelahkan " * 4)[:140]


def test_the_idle_screen_with_the_longest_pairs_fits_every_screen(kiosk: Kiosk) -> None:
    catalogue.create_service(kiosk.database, ADMIN, kiosk.unit, "izin", "Perizinan")
    tell(kiosk, (LONGEST, LONGEST), *SHORT)
    for width, height in IDLE_SIZES:
        kiosk.resize(width, height)
        for _ in range(3):
            assert kiosk.page.evaluate(FAULTS) == [], f"{width}x{height}"
            kiosk.button("English")
            assert kiosk.page.evaluate(FAULTS) == [], f"{width}x{height}, English"
            kiosk.button("Bahasa Indonesia")
            kiosk.pass_(12)
    # A pair that fades in still has less contrast than it will have.
    kiosk.page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    assert kiosk.violations() == []


def test_pairs_take_turns_and_stop_when_somebody_wants_to_read(kiosk: Kiosk) -> None:
    tell(kiosk, *SHORT)
    panel = kiosk.page.locator(".improved")
    kiosk.button("Jeda")
    shown, other = SHORT if "Antrean lama" in panel.inner_text() else SHORT[::-1]
    kiosk.pass_(40)
    expect(panel).to_contain_text(shown[0])
    kiosk.button("Putar")
    kiosk.pass_(13)
    expect(panel).to_contain_text(other[0])
    expect(panel).to_contain_text(other[1])
    kiosk.button("Jeda")
    kiosk.button("English")
    expect(panel).to_contain_text(other[0].upper())


def test_less_motion_means_no_turn_but_by_hand(kiosk: Kiosk) -> None:
    kiosk.page.emulate_media(reduced_motion="reduce")
    tell(kiosk, *SHORT)
    panel = kiosk.page.locator(".improved")
    kiosk.pass_(40)
    expect(panel).to_contain_text("Ruang panas")
    kiosk.button("Berikutnya")
    expect(panel).to_contain_text("Antrean lama")
    assert kiosk.page.evaluate("document.getAnimations().length") == 0


def test_pairs_stay_without_a_network_and_are_only_text(kiosk: Kiosk) -> None:
    until_in_page(kiosk.page, "() => navigator.serviceWorker.controller !== null")
    tell(kiosk, ("<img src=x onerror=alert(1)>", "Dua <b>loket</b>"))
    with kiosk.without_server():
        kiosk.page.reload()
        kiosk.idle_screen()
        expect(kiosk.page.locator(".improved")).to_contain_text("<img src=x onerror=alert(1)>")
        expect(kiosk.page.locator(".improved")).to_contain_text("Dua <b>loket</b>")
        expect(kiosk.page.locator(".improved img, .improved b")).to_have_count(0)
        expect(kiosk.page.get_by_role("button", name="Jeda")).to_have_count(0)  # one pair has no turns
