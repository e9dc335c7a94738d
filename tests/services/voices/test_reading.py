"""Comments as readers get them: of the right units and period, redacted, grouped by the word list."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from analytics.period import Period
from analytics.text import group_comment
from analytics.text.comments import Kind
from survey_app.instruments import DATA
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.voices import reading
from survey_app.storage.database import Database
from tests.submissions import NOW, submission

PERIOD = Period.parse("2026-11")


def say(database: Database, text: str, when: datetime = NOW, **changes: Any) -> None:
    intake.accept(database, submission(comment=text, client_time=when, **changes), when)


def test_comments_are_grouped_and_counted(database: Database, unit: UnitEntry) -> None:
    say(database, "Petugas ramah dan sabar")
    say(database, "Antrean lama sekali dan toilet kotor")
    say(database, "xyz")
    heard = reading.voices(database, PROVINCE, PERIOD)
    assert [(v.unsur, v.kind) for v in heard] == [
        ((), None),
        (("waktu", "sarpras"), Kind.COMPLAINT),
        (("perilaku",), Kind.PRAISE),
    ]
    assert reading.counts(heard) == {
        (None, None): 1,
        ("waktu", Kind.COMPLAINT): 1,
        ("sarpras", Kind.COMPLAINT): 1,
        ("perilaku", Kind.PRAISE): 1,
    }


def test_what_the_demonstration_says_of_an_unsur_stands_under_it() -> None:
    """Another unsur may be mentioned beside it; its own is always among them."""
    said = json.loads((DATA / "demo/province.json").read_text(encoding="utf-8"))["comments"]
    told = [
        (key, group_comment(text, reading.words(), reading.weights())) for key in said for text in said[key]
    ]
    assert len(told) > 25
    assert [found.evidence for key, found in told if key not in found.unsur] == []
    assert sum(len(found.unsur) == 1 for _, found in told) >= len(told) - 1


def test_identities_are_taken_out_before_anyone_reads(database: Database, unit: UnitEntry) -> None:
    say(database, "NIK saya 6472012345678901, hubungi 081234567890 atau budi@contoh.id")
    (voice,) = reading.voices(database, PROVINCE, PERIOD)
    assert not [part for part in ("6472", "0812", "budi@") if part in voice.text]


def test_names_are_for_who_may_act_within_their_scope(database: Database, unit: UnitEntry) -> None:
    """Who works at the counter may be the one meant. A manager may be too, so leadership sees names."""
    say(database, "Bu Rina minta uang, WA 081234567890")

    def read(reader: Acting | None) -> str:
        (voice,) = reading.newest(database, PROVINCE, PERIOD, reader=reader).voices
        return voice.text

    named, masked = "Bu Rina minta uang, WA [telepon]", "Bu [nama] minta uang, WA [telepon]"
    own, other = Scope(unit="ptsp"), Scope(unit="lain")
    assert {role: read(Acting(role, own)) for role in Role} == {
        Role.OPERATOR: masked,
        Role.MANAGER: named,
        Role.LEADERSHIP: named,
        Role.AUDITOR: masked,
        Role.PUBLIC: masked,
        Role.ADMIN: named,
    }
    assert read(Acting(Role.MANAGER, other)) == masked
    assert read(None) == masked
    assert [voice.text for voice in reading.voices(database, PROVINCE, PERIOD)] == [masked]


def test_a_name_is_no_word_of_the_list(database: Database, unit: UnitEntry) -> None:
    """Whoever reads, "Bu Murah" says nothing of the price: counts are those of what leaves the office."""
    say(database, "Bu Murah namanya")
    (masked,) = reading.newest(database, PROVINCE, PERIOD).voices
    (named,) = reading.newest(database, PROVINCE, PERIOD, reader=ADMIN).voices
    assert (masked.unsur, masked.kind) == (named.unsur, named.kind) == ((), None)
    assert named.text == "Bu Murah namanya"


def test_only_the_scope_service_and_period_asked_for(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin")
    say(database, "empat", datetime(2026, 9, 1, tzinfo=UTC))
    say(database, "satu")
    say(database, "dua", unit="lain")
    say(database, "tiga", service="izin")
    assert [v.text for v in reading.voices(database, PROVINCE, PERIOD)] == ["tiga", "dua", "satu"]
    assert [v.text for v in reading.voices(database, Scope(unit="lain"), PERIOD)] == ["dua"]
    assert [v.text for v in reading.voices(database, Scope(unit="ptsp"), PERIOD, "izin")] == ["tiga"]
    assert reading.voices(database, Scope(agency="tiada"), PERIOD) == ()


def test_only_the_newest_are_read_and_all_are_counted(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Unit lain", time_zone="Asia/Makassar")
    say(database, "lama", datetime(2026, 10, 1, tzinfo=UTC))
    for text in ("satu", "dua", "tiga"):
        say(database, text)
    say(database, "lain", unit="lain")
    quarter = Period.parse("2026-TW4")
    heard = reading.newest(database, PROVINCE, quarter, limit=3)
    assert [v.text for v in heard.voices] == ["lain", "tiga", "dua"]
    assert (dict(heard.by_month), heard.total, heard.complete) == ({202610: 1, 202611: 4}, 5, False)
    own = reading.newest(database, Scope(unit="ptsp"), quarter, limit=4)
    assert [v.text for v in own.voices] == ["tiga", "dua", "satu", "lama"]
    assert own.complete
