"""Redaction: numbers and addresses that point to a person are gone, the rest of the text stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.redaction import redact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NIK saya 6471012304850001.", "NIK saya [NIK]."),
        ("6471 0123 0485 0001", "[NIK]"),
        ("64.71.01.230485.0001 tolong", "[NIK] tolong"),
        ("no KK:6471-0123-0485-0001", "no KK:[NIK]"),
        ("64710123048500012", "[NIK]"),
        ("hubungi 081234567890", "hubungi [telepon]"),
        ("hubungi 0812-3456-7890 ya", "hubungi [telepon] ya"),
        ("+62 812 3456 7890", "[telepon]"),
        ("+6281234567890", "[telepon]"),
        ("6281234567890", "[telepon]"),
        ("(0541) 123456", "[telepon]"),
        ("(0541) 12345", "[telepon]"),
        ("surel budi.s+ktp@dinas.kaltimprov.go.id, terima kasih", "surel [surel], terima kasih"),
        ("budi @gmail.com", "[surel]"),
    ],
)
def test_what_points_to_a_person_is_replaced(text: str, expected: str) -> None:
    assert redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Petugas loket 2 ramah sekali",
        "Bayar Rp 1.500.000 tanpa kuitansi",
        "Dari jam 08.00 sampai 12.30",
        "Datang 21-11-2026, selesai 3 minggu",
        "RT 03/RW 05 nomor 12",
        "Biaya 0 rupiah",
        "UU 25/2009 dan PP 96/2012",
    ],
)
def test_what_does_not_stays(text: str) -> None:
    assert redact(text) == text


digits = st.text("0123456789", min_size=16, max_size=20)
gaps = st.lists(st.sampled_from(["", " ", ".", "-", ". ", "/"]), min_size=19, max_size=19)


@given(st.text(), digits, gaps, st.text())
def test_no_run_of_16_digits_is_left_however_grouped(
    before: str, number: str, between: list[str], after: str
) -> None:
    grouped = "".join(d + g for d, g in zip(number, between, strict=False))
    left = redact(f"{before}{grouped}{after}")
    assert re.search(r"\d([\s.\-/()]{0,3}\d){15}", left) is None
    assert number not in left


@given(st.text("0123456789 .-@+abc"))
def test_twice_is_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@given(st.text("abcxyz ,.!?"))
def test_plain_words_are_left_alone(text: str) -> None:
    assert redact(text) == text
