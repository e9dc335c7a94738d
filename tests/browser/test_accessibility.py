"""WCAG 2.2 AA of the light form: axe finds nothing, and what axe cannot see is measured here."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.forms import answer, receipt
from tests.servers import PlainServer


@pytest.mark.parametrize(
    ("path", "prepare"),
    [
        ("/s/ptsp", []),
        ("/s/ptsp?lang=en", []),
        ("/s/samsat", []),
        ("/s/ptsp", ["#large"]),
        ("/s/ptsp", ["#contrast"]),
        ("/s/ptsp", ["#contrast", "label:has([value='3'])"]),
        ("/s/ptsp", ["label:has([value='3'])"]),
        ("/s/samsat", [".send"]),
        ("/s/samsat", ["#contrast", ".send"]),
        ("/s/tidak-ada", []),
    ],
)
def test_axe_finds_nothing(page: Page, plain_server: PlainServer, path: str, prepare: list[str]) -> None:
    page.goto(plain_server.url + path)
    for selector in prepare:
        page.locator(selector).first.click()
    assert violations(page) == []


def test_axe_finds_nothing_on_what_follows_the_form(page: Page, plain_server: PlainServer) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    answer(page, "333333333")
    page.get_by_role("button", name="Kirim").click()
    receipt(page)
    assert violations(page) == []
    response_id = page.evaluate("history.state.id")
    page.goto(f"{plain_server.url}/s/ptsp/umum/{response_id}")
    receipt(page)
    assert violations(page) == []
    page.goto(f"{plain_server.url}/s/samsat")
    page.get_by_label("Layanan apa").select_option("pajak")
    answer(page, "333333333")
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Tersimpan di perangkat ini")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("mode", [[], ["#large"]])
@pytest.mark.parametrize("width", [320, 360, 390, 1280])
def test_targets_are_large_and_nothing_scrolls_sideways(
    page: Page, plain_server: PlainServer, width: int, mode: list[str]
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{plain_server.url}/s/samsat")
    for selector in mode:
        page.locator(selector).check()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button:not(.none), select, textarea, label:has(input)")]
          .filter(e => e.checkVisibility())
          .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
          .filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_who_wants_no_motion_gets_none(page: Page, plain_server: PlainServer) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{plain_server.url}/s/ptsp")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map(e => getComputedStyle(e)).filter(
          s => s.scrollBehavior === "smooth" || parseFloat(s.transitionDuration) || s.animationName !== "none"
        ).length"""
    )
    assert moving == 0


def test_faces_are_named_groups_for_a_screen_reader(page: Page, plain_server: PlainServer) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    group = page.get_by_role("group", name="kecepatan waktu dalam memberikan pelayanan")
    expect(group.get_by_role("radio")).to_have_count(4)
    group.get_by_role("radio", name="Sangat cepat").check()
    expect(page.get_by_role("status").filter(has_text="1 dari 9 dijawab")).to_be_visible()


def test_the_focus_is_never_under_the_progress_bar(page: Page, plain_server: PlainServer) -> None:
    """WCAG 2.4.11, walking backwards, where a sticky bar hides things."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{plain_server.url}/s/ptsp")
    page.get_by_role("button", name="Kirim").focus()
    for _ in range(16):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => {
              const e = document.activeElement, box = (e.closest("label") || e).getBoundingClientRect();
              const bar = document.querySelector(".progress").getBoundingClientRect();
              return !!e.closest("form") && box.top < bar.bottom - 1;
            }"""
        )
        assert not hidden, page.evaluate("document.activeElement.outerHTML")


def test_a_device_with_a_voice_reads_a_question_and_its_answers(
    page: Page, plain_server: PlainServer
) -> None:
    page.add_init_script(
        """window.spoken = [];
        speechSynthesis.getVoices = () => [{lang: "id-ID"}];
        speechSynthesis.speak = said => spoken.push([said.lang, said.text]);"""
    )
    page.goto(f"{plain_server.url}/s/ptsp")
    page.get_by_role("button", name="Bacakan 3/9 Waktu Penyelesaian").click()
    [[language, text]] = page.evaluate("spoken")
    assert language == "id-ID"
    for words in ("kecepatan waktu", "Tidak cepat", "Sangat cepat"):
        assert words in text
    assert violations(page) == []


def test_large_type_and_contrast_are_remembered_and_work_without_a_script(
    page: Page, plain_server: PlainServer
) -> None:
    page.goto(f"{plain_server.url}/s/ptsp")
    page.get_by_label("Teks lebih besar").check()
    page.get_by_label("Kontras").check()
    page.goto(f"{plain_server.url}/s/samsat?lang=en")
    expect(page.get_by_label("Larger text")).to_be_checked()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(0, 0, 0)"
