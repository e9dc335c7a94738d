"""What somebody typed shows as it was typed: never as a link, bold, a formula, an icon, a colour or HTML.

One hostile text is the name of everything that has one, on every page. What reaches the browser is looked at
field by field: what Streamlit reads as Markdown must hold no construct of it that came from the text; HTML
must hold the text escaped, and so must the figures.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from analytics.period import Period
from survey_app.pages.specs import PAGES
from survey_app.pages.unit import parts
from survey_app.reports.unit import drafting
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import Scope
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database, open_database
from survey_app.text import Language
from survey_app.ui.plain import plain
from tests.pages.conftest import OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW

#: Each part is something that Markdown, Streamlit's additions to it, HTML or plotly would make something of.
HOSTILE = (
    "[x](http://h.id) **tebal** _miring_ `kode` ~~coret~~ $a^2$ :material/home: :red[merah] :smile: "
    "<b>besar</b> www.h.id orang@h.id &copy; ![g](g.png)"
)
#: A device's name is short.
DEVICE = "[x](http://h.id) **tebal** $a$ :red[merah] <b>besar</b> `kode` :smile:"
#: What must reach nobody who reads Markdown: the same constructs, not undone.
LIVE = re.compile(
    r"(?<!\\)\[x|(?<!\\)\*\*tebal|(?<!\\)_miring|(?<!\\)`kode|(?<!\\)~~coret|(?<!\\)\$a|:material/home|:red"
    r"|:smile:|(?<!\\)<b>besar|http://h|www\.h|orang@h|(?<!\\)&copy|(?<!\\)\[g"
)
HTML = re.compile(r"<b>besar|(?<!&amp;)&copy|<script")
#: Shown as they are or not at all: a select box's options, addresses, ids, what was filled in.
NO_MARKDOWN = {
    "selectbox.options", "selectbox.raw_value", "multiselect.options", "text_input.default",
    "text_area.default", "link_button.url",
}  # fmt: skip


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Databases made once, which takes longer than a page: with everything, and with names alone."""
    found = {}
    for name in ("measured", "new"):
        found[name] = tmp_path_factory.mktemp("hostile") / f"{name}.db"
        shutil.copy(sqlite_template, found[name])
        opened = open_database(f"sqlite:///{found[name]}")
        _name(opened)
        if name == "measured":
            _fill(opened)
        opened.close()
    return found


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path, filled: dict[str, Path]) -> str:
    path = tmp_path / "survey.db"
    shutil.copy(filled[getattr(request, "param", "measured")], path)
    return f"sqlite:///{path}"


def _name(database: Database) -> None:
    """Three units of one agency, their services and devices, all of that name."""
    catalogue.create_agency(database, ADMIN, "opd", HOSTILE)
    for code in ("satu", "dua", "tiga"):
        catalogue.create_unit(database, ADMIN, "opd", code, HOSTILE, time_zone="Asia/Makassar")
        catalogue.create_service(database, ADMIN, code, "izin", HOSTILE)
        devices.pair(database, devices.create_pairing(database, ADMIN, code, DEVICE, NOW).code, NOW)


def _fill(database: Database) -> None:
    """Answers, comments, a follow-up action, schedules, targets and publications."""
    for code in ("satu", "dua"):
        for month in ("2026-09", "2026-10", "2026-11"):
            samples.insert(database, code, [[3] * 9, [4] * 9, [3] * 8 + [2]] * 12, month)
        samples.comment(database, code, f"{HOSTILE} lambat sekali", "2026-11")
    samples.insert(database, "tiga", [[3] * 9, [4] * 9], "2026-11")
    action = Action(
        period=Period.parse("2026-10"),
        unsur="waktu",
        plan=HOSTILE,
        responsible=DEVICE,
        due=Period.parse("2026-TW4"),
        status=Status.DONE,
        realisation=HOSTILE,
        evidence=HOSTILE,
    )
    plans.add(database, ADMIN, "satu", action, NOW)
    # Users of both services, of whom those of the second have not answered: they are named.
    for service in ("umum", "izin"):
        catalogue.record_volume(database, ADMIN, "satu", service, Period.parse("2026-TW4"), 500)
    for scope in (Scope(unit="satu"), Scope(agency="opd")):
        ordered.add(database, ADMIN, scope, "id", Period.parse("2026-10"))
        targets.set_target(database, ADMIN, scope, Index.IKM, Period.parse("2026"), Decimal(80), NOW)
    drafting.publish(database, ADMIN, "satu", Period.parse("2026-10"), NOW)
    recap_publishing.publish(database, ADMIN, recap(database, "opd", Period.parse("2026-10")), NOW)


def texts(proto: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every string of a message with the element and the field it is in."""
    for field, value in proto.ListFields():
        for one in value if isinstance(value, Iterable) and not isinstance(value, str | bytes) else [value]:
            if hasattr(one, "ListFields"):
                yield from texts(one, f"{path}.{field.name}")
            elif isinstance(one, str):
                yield f"{path}.{field.name}", one


def sent(app: AppTest) -> Iterator[tuple[str, str]]:
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is not None:
            yield from texts(proto, str(node.type))


def live(app: AppTest) -> list[str]:
    """Where what was typed would be taken for something else."""
    found = []
    for place, text in sent(app):
        if place.endswith(".query_string"):
            continue  # of a link, encoded and never drawn
        if place == "html.body":
            wrong = HTML.search(text)
        elif place.startswith("plotly_chart"):
            # What is sent beside the text for screen readers is text; in the figure plotly reads HTML.
            wrong = HTML.search(str(json.loads(text))) if place.endswith(".spec") else None
        else:
            wrong = None if place in NO_MARKDOWN else LIVE.search(text)
        if wrong:
            found.append(f"{place}: {text[max(0, wrong.start() - 60) : wrong.end() + 30]!r}")
    return found


@pytest.mark.parametrize("sqlite_url", ["measured", "new"], indirect=True)
@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
def test_a_hostile_name_is_text_on_every_page(path: str, open_page: OpenPage) -> None:
    app = open_page(path, unit="satu")
    assert not app.exception
    assert live(app) == []


@pytest.mark.parametrize("path", ["unit", "perbandingan", "ringkasan"])
def test_a_hostile_name_is_text_in_every_tab(path: str, open_page: OpenPage) -> None:
    """Of these pages the open tab alone is drawn, and none of them above."""
    codes = {
        "unit": ("tab", [*parts.TABS][1:]),
        "perbandingan": ("tab", ["unsur", "regions", "spread", "ways"]),
        "ringkasan": ("lihat", ["perubahan", "terendah", "belum", "cara"]),
    }
    name, tabs = codes[path]
    for tab in tabs:
        app = open_page(path, unit="satu", period="2026-10", **{name: tab})
        assert not app.exception
        assert (tab, live(app)) == (tab, [])


def test_the_form_names_its_unit_as_text(open_page: OpenPage) -> None:
    app = open_page("survei", unit="satu", service="izin")
    assert live(app) == []
    assert escape(HOSTILE) in html_of(app)


@pytest.mark.parametrize("path", [spec.path for spec in PAGES])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_hostile_or_unknown_code_in_the_address_is_said_and_shows_no_other_unit(
    path: str, language: Language, open_page: OpenPage
) -> None:
    app = open_page(path, unit=HOSTILE, lang=language)
    assert not app.exception
    assert live(app) == []
    said = catalogue.UNIT_UNKNOWN.format(code=plain(HOSTILE))
    (error,) = (e.value for e in app.error)
    assert error == said.in_language(language)
    assert not app.get("plotly_chart")
    assert not app.title or HOSTILE not in app.title[0].value


def test_an_unknown_service_in_the_address_is_said(open_page: OpenPage) -> None:
    app = open_page("survei", unit="satu", service=HOSTILE)
    assert live(app) == []
    assert plain(HOSTILE) in app.warning[0].value


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE.split(" "), HOSTILE, DEVICE,
        "# judul", "a -> b <- c -- d >= e != f",
        "1. satu", "2) dua", "- butir", "+ butir", "    kode", "> kutipan",
        "a\n\nb\n===", "---", "<script>x</script>", "<http://h.id>", "a|b", "\\*", "*", "__", "{{x}}",
        "Puskesmas Melak (Kutai Barat), Loket 1: 08:30", "UPTD PPD: Samsat", "A & B", "https://h.id/?a=1&b=2",
    ],
)  # fmt: skip
def test_plain_text_comes_out_of_a_markdown_parser_as_it_went_in(text: str) -> None:
    """markdown-it reads CommonMark with tables, strikethrough and addresses; word joiners are not seen."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    shown = parser.render(plain(text))
    assert re.fullmatch(r"<p>[^<]*</p>\n", shown), shown
    assert unescape(shown)[3:-5].replace("\u2060", "") == " ".join(text.split())
    assert not re.search(r":[a-z_+-][\w+-]*[:/\[]|://|www\.\w|\w@\w|->|--|[<>]=", unescape(shown[3:-5]))


def test_no_page_shows_the_words_of_an_error_without_making_them_plain() -> None:
    """They may repeat what somebody typed. `plain.tell` is the way."""
    root = Path(__file__).parents[2] / "survey_app"
    raw = re.compile(r"\bst\.\w+\((?:f\".*)?say\((?:error|problem|unknown|refused|text|\w+\.text)\b")
    sources = [*(root / "ui").rglob("*.py"), *(root / "pages").rglob("*.py")]
    found = [f"{path.name}: {line.strip()}" for path in sources
             for line in path.read_text(encoding="utf-8").splitlines() if raw.search(line)]  # fmt: skip
    assert found == []
