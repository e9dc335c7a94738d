"""Redaction: numbers and addresses that point to a person are gone, the rest of the text stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text.redaction import redact
from benchmarks.redaction import labelled, main, measure
from survey_app.services.voices import shown

NAMES = shown.names()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NIK saya 6471012304850001.", "NIK saya [NIK]."),
        ("6471 0123 0485 0001", "[NIK]"),
        ("64.71.01.230485.0001 tolong", "[NIK] tolong"),
        ("no KK:6471-0123-0485-0001", "no KK:[NIK]"),
        ("64710123048500012", "[NIK]"),
        ("no. paspor saya A1234567 salah", "no. paspor saya [NIK] salah"),
        ("Passport: X 123456, antrean C 1234567", "Passport: [NIK], antrean C 1234567"),
        ("hubungi 081234567890", "hubungi [telepon]"),
        ("hubungi 0812-3456-7890 ya", "hubungi [telepon] ya"),
        ("+62 812 3456 7890", "[telepon]"),
        ("+6281234567890", "[telepon]"),
        ("6281234567890", "[telepon]"),
        ("(0541) 123456", "[telepon]"),
        ("(0541) 12345", "[telepon]"),
        ("surel budi.s+ktp@dinas.kaltimprov.go.id, terima kasih", "surel [surel], terima kasih"),
        ("budi @gmail.com", "[surel]"),
        # An address with its neighbourhood and number leads to one house.
        ("RT 03/RW 05 nomor 12", "[alamat]"),
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
        "Urus paspor 3 minggu, bayar paspor Rp 350.000, antrean A 12",
        "Biaya 0 rupiah",
        "UU 25/2009 dan PP 96/2012",
    ],
)
def test_what_does_not_stays(text: str) -> None:
    assert redact(text) == text


#: Ways of writing one thing, each by itself; around them stand words and numbers that stay.
WAYS = {
    "[telepon]": (
        "0812 3456 7890", "0812.3456.7890", "0812–3456–7890", "0812—3456—7890", "0812−3456−7890",
        "0812\u20113456\u20117890", "0812_3456_7890", "0812/3456/7890", "0812\\3456\\7890",
        "(0812) 3456 7890",
        "[0812] 3456-7890", "{0812}34567890", "0812\u00a03456\u00a07890", "0812\u200b3456\u200b7890",
        "0812\u20603456\ufeff7890", "O812 3456 7890", "o81234567890", "08I234567890", "08l2 3456 789O",
        "０８１２３４５６７８９０", "٠٨١٢٣٤٥٦٧٨٩٠",
        "+62 812 3456 7890", "+62(0)812 3456 7890", "62 812 3456 7890",
        "0062 812 3456 7890", "812 3456 7890", "81234567890", "0541-741234", "021-5551234", "0541/741234",
        "0 8 1 2 3 4 5 6 7 8 9 0", "08 12 34 56 78 90", "0812..3456..7890", "0812 -- 3456 -- 7890",
        "0812*3456*7890", "0812,3456,7890", "0812•3456•7890", "0812 strip 3456 strip 7890",
        "nol delapan satu dua tiga empat lima enam tujuh delapan",
    ),
    "[surel]": (
        "budi@gmail.com", "budi @ gmail . com", "budi(at)gmail.com", "budi [at] gmail [dot] com",
        "budi at gmail dot com", "budi AT gmail DOT com", "budi＠gmail.com", "budi@gmail,com",
        "budi{at}gmail.com",
        "budi(at)gmail(dot)com", "b.u.d.i@gmail.com", "budi @gmail.com", "budi et gmail titik com",
        "budi@gmail",
        "budi_santoso@kaltimprov.go.id", "budi\u200b@gmail.com", "budi titik s at yahoo titik com",
    ),
    "[akun]": (
        "@budisantoso", "t.me/budis", "https://t.me/budis", "wa.me/62812345678",
        "https://www.instagram.com/budi/",
    ),
    "[NIK]": (
        "6472051204850003", "6472-0512-0485-0003", "64 72 05 12 04 85 00 03",
        "6472\u200b0512\u200b0485\u200b0003",
        "６４７２０５１２０４８５０００３", "647205120485000", "6472O51204850003", "6472/051204/850003",
        "6472_0512_0485_0003", "19850412 201001 1 003", "198504122010011003", "09.123.456.7-728.000",
    ),
    "[pelat]": ("KT 1234 AB", "KT1234AB", "KT-1234-AB", "kt 1234 ab", "KT 1234 A", "B 1234 XYZ",
    "DA 2345 ZK"),
    "[alamat]": (
        "Jl. Pahlawan No. 12", "Jalan Pahlawan no 12", "jln pahlawan nomor 12", "jl. pahlawan no.12 rt 3",
        "RT 03/RW 05", "RT.03 RW.05", "Gg. Melati No. 5", "Gang Buntu no 5", "Jl Pahlawan 12",
        "rumah no 12",
        "Perumahan Indah Blok C2 No. 7", "Jl. A. Yani Gg 5 No 17 RT 12",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "around", ["{}", "saya ada di {} ya", "biaya 2 juta ({}), kecewa", "\n{}\njam 08.00"]
)
@pytest.mark.parametrize(("mark", "way"), [(mark, way) for mark, ways in WAYS.items() for way in ways])
def test_every_way_of_writing_it_is_seen(mark: str, way: str, around: str) -> None:
    assert redact(around.format(way)) == around.format(mark)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WA 81234567890", "WA [telepon]"),
        ("hub.0541 741234", "hub.[telepon]"),
        ("telp 741234", "telp [telepon]"),
        ("rek BRI 7810234567", "rek BRI [rekening]"),
        ("BPJS saya 0001 2345 67892", "BPJS saya [NIK]"),
        ("ig: budisantoso, fb budi_s", "ig: [akun], fb [akun]"),
        ("plat KT 1234", "plat [pelat]"),
        ("loket 2 081234567890 2 kali", "loket 2 [telepon] 2 kali"),
        ("jam 08.15 081234567890", "jam 08.15 [telepon]"),
        ("081234567890 / 085246001122", "[telepon] / [telepon]"),
        ("rt 05 kelurahan Sidodadi", "[alamat] kelurahan Sidodadi"),
        ("IG saya @dina.marlina_", "IG saya [akun]"),
        ("hubungi saya di 0123-01-004567-50-8", "hubungi saya di [NIK]"),
    ],
)
def test_what_stands_beside_it_tells_and_stays(text: str, expected: str) -> None:
    assert redact(text) == expected


STAYS = (
    "08.00-16.00", "08:00 - 16:00 WITA", "08.00-12.00 13.00-16.00", "08.15-12.30 2 petugas",
    "08/11/2024 09.00",
    "21-11-2026", "2026-11-21", "12/05/24", "08-11-2024 jam 09.15-10.20", "08.00 08.30 09.00 09.30",
    "PermenPANRB 14/2017", "SK No. 800/123/2024", "SK Nomor 800/0812/BKD/2024", "SK 188.44/K.812/2023",
    "800.1.11.1/8123/2024", "nomor surat 0812/345/2024", "Perda 5/2011", "Rp 150.000", "Rp. 1.500.000,00",
    "Rp 81.234.567", "Rp812.345.678", "1,5 juta", "8125000000 rupiah", "812.500.000",
    "100.000 200.000 300.000 400.000",
    "A-012", "antrean B-105", "A 100 DI lantai 2", "2019 2020 2021 2022 2023", "2019, 2020, 2021, 2022",
    "1 2 3 4 5 6 7 8 9 10 11 12", "loket 1, 2, 3, 4, 5, 6, 7, 8, 9", "tanggal 8, 12, 13, 14, 15", "86,63",
    "hubungi 112", "call center 1500-046", "telp 110", "@ 5000 per lembar", "antri @loket 2",
    "192.168.1.100",
    "H-2 DAN H+2", "jalan 200 meter", "jalan poros km 5 rusak", "jalan kaki 500 m",
    "Jl. Pahlawan macet 3 jam", "ketua RT 05",
    "2 X 24 JAM",
    "NIK 16 digit", "KTP 3 hari jadi", "email saya tidak dibalas",
    "https://samsat.kaltimprov.go.id/antrean",
)  # fmt: skip


@pytest.mark.parametrize("around", ["{}", "buka {} ya", "(katanya {}), kecewa"])
@pytest.mark.parametrize("text", STAYS)
def test_dates_hours_regulations_prices_and_queues_stay(text: str, around: str) -> None:
    assert redact(around.format(text), NAMES) == around.format(text)


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


#: What may stand between the groups of a number, the same between all of them.
SEPARATORS = (
    "", " ", ".", "-", "_", "/", "–", "—", "‑", "−", " - ", ". ", "\u00a0", "\u200b", "\u2060", "*",
    "|", "~", "\t",
)  # fmt: skip
SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
PREFIXES = ("0", "+62", "62", "0062", "+62 ", "62-", "(+62) ", "")
OPERATORS = ("811", "812", "813", "821", "822", "852", "853", "857", "878", "895", "899")


def grouped(number: str, sizes: list[int], separator: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return separator.join(part for part in [*parts, number[at:]] if part)


@given(
    st.sampled_from(PREFIXES),
    st.sampled_from(OPERATORS),
    # A number that ends in thousands is a price where it does not begin as a telephone does.
    st.from_regex(r"[0-9]{6,8}[1-9]", fullmatch=True),
    st.sampled_from([[3, 4], [3, 3], [3, 4, 4], [3, 2, 2, 2], [5, 3], [20]]),
    st.sampled_from(SEPARATORS),
    st.sampled_from(SCRIPTS),
    st.sampled_from(["", "saya: ", "WA ", "hub. ", "no hp saya ", "loket 3, "]),
)
def test_a_mobile_number_goes_however_it_is_written(
    prefix: str, operator: str, rest: str, sizes: list[int], separator: str, script: str, before: str
) -> None:
    written = prefix + grouped(operator + rest, sizes, separator)
    text = before + written.translate(str.maketrans("0123456789", script))
    assert redact(text) == before + "[telepon]"


@given(
    st.integers(1, 21), st.integers(1, 71), st.integers(1, 31), st.integers(1, 12), st.integers(0, 99),
    st.integers(1, 99), st.sampled_from([[16], [4, 4, 4], [6, 6], [2] * 7, [1] * 15, [2, 2, 2, 6]]),
    st.sampled_from(SEPARATORS), st.sampled_from(SCRIPTS),
    st.sampled_from(["", "NIK ", "no KK: ", "nomor saya "]),
)  # fmt: skip
def test_a_nik_goes_however_it_is_written(
    province: int, regency: int, day: int, month: int, year: int, serial: int,
    sizes: list[int], separator: str, script: str, before: str,
) -> None:  # fmt: skip
    number = f"{63 + province % 3}{regency:02}01{day:02}{month:02}{year:02}{serial:04}"
    written = grouped(number, sizes, separator).translate(str.maketrans("0123456789", script))
    assert redact(before + written + " ya") == before + "[NIK] ya"


@given(
    st.from_regex(r"[a-z][a-z0-9]{1,12}([._][a-z0-9]{1,8})?", fullmatch=True),
    st.sampled_from(["@", " @ ", "@ ", "(at)", "[at]", " (at) ", " [at] ", "{at}", "＠", " at ", " AT "]),
    st.sampled_from(["gmail", "yahoo", "hotmail", "outlook"]),
    st.sampled_from([".", " . ", " dot ", " titik ", "(dot)", "[dot]", ","]),
    st.sampled_from(["com", "co.id"]),
)
def test_an_e_mail_address_goes_however_it_is_written(
    local: str, at: str, provider: str, dot: str, top: str
) -> None:
    # Before a spelt "at" what ends an address must be spelt or belong to a provider of mail: all of these do.
    assert redact(f"surel: {local}{at}{provider}{dot}{top}; ya") == "surel: [surel]; ya"


WORDS = (
    "0812", "3456", "7890", "+62", "6472051204850003", "08.00", "16.00", "21-11-2026", "Rp150.000", "WA",
    "hub.", "NIK", "rek", "jl.", "Pahlawan", "No.", "12", "RT", "03", "RW", "KT", "1234", "AB",
    "budi", "@",
    "gmail", ".", "com", "(at)", "ig:", "pak", "Budi",
    "bu", "Siti", "di", "loket", "[telepon]", "[nama]", "dan",
)  # fmt: skip
PIECES = (
    "0812",
    "3456",
    "[",
    "]",
    "(",
    ")",
    "@",
    ".",
    "-",
    "pak ",
    "Rina",
    "jl ",
    "no ",
    "rt ",
    "7",
    "\u200b",
)
ANYTHING = st.one_of(
    st.text("0123456789 .,-/()[]@+abcoOlI"),
    st.lists(st.sampled_from(WORDS)).map(" ".join),
    st.lists(st.sampled_from(PIECES)).map("".join),
    st.text(),
)


@given(ANYTHING)
def test_twice_is_once(text: str) -> None:
    once = redact(text)
    assert redact(once) == once
    masked = redact(text, NAMES)
    assert redact(masked, NAMES) == masked


@given(ANYTHING)
def test_masking_what_was_stored_redacted_leaves_no_more_than_masking_what_was_written(text: str) -> None:
    """Stored is what was redacted at intake; it is redacted again, and masked, where it is shown."""
    assert not re.search(r"0812\W{0,3}3456\W{0,3}7890", redact(redact(text), NAMES))


@given(st.text("abcxyz ,.!?"))
def test_plain_words_are_left_alone(text: str) -> None:
    assert redact(text) == text
    assert redact(text, NAMES) == text


def test_names_behind_a_title_are_masked_and_titles_and_roles_are_not() -> None:
    told = {
        "Bu X minta uang": "Bu [nama] minta uang",
        "pak budi santoso minta uang rokok": "pak [nama] minta uang rokok",
        "BU RINA MINTA UANG": "BU [nama] MINTA UANG",
        "Bapak Drs. H. Mahmud Yunus": "Bapak [nama]",
        "Sdri. Lina Marlina, mohon dibina": "Sdri. [nama], mohon dibina",
        "mbak Dewi dan mas agus": "mbak [nama] dan mas [nama]",
        "petugas bernama Rina": "petugas bernama [nama]",
        "berkas a.n. Budi Santoso": "berkas a.n. [nama]",
        "acil Imah di kantin": "acil [nama] di kantin",
        "koh Aliong ramah": "koh [nama] ramah",
        "Ust. Somad antri": "Ust. [nama] antri",
        "petugas Rina ramah": "petugas [nama] ramah",
        "oknum Surya minta 100rb": "oknum [nama] minta 100rb",
    }
    assert {text: redact(text, NAMES) for text in told} == told
    assert all(redact(text) == text for text in told)


@pytest.mark.parametrize(
    "text",
    [
        "Pak petugas", "bu kasir jutek", "mas di loket 2", "bapak/ibu petugas", "Bapak Ibu sekalian",
        "ibu-ibu antri",
        "Ibu hamil", "Pak Camat Samarinda Ulu", "Bapak Gubernur Kaltim", "mbak cs nya ramah",
        "BU TOLONG CEPAT",
        "atas nama pribadi", "namanya juga usaha", "petugas Dukcapil", "dr gigi", "bapak saya sakit",
        "mas kawin",
        "Ibu Kota Nusantara", "Terima Kasih Bapak Petugas", "ulun umpat batakun pak lah", "bu, tolong",
    ],
)  # fmt: skip
def test_a_role_is_no_name(text: str) -> None:
    assert redact(text, NAMES) == text


@pytest.mark.parametrize("split", ["tune", "held-out"])
def test_precision_and_recall_on_the_labelled_comments(split: str) -> None:
    """The rules were tuned on the first part; the second was written before them and not looked at."""
    comments = labelled(split)
    quality = measure(comments)
    assert len(comments) >= 150
    assert sum(not comment.spans for comment in comments) >= 75
    assert quality.precision is not None
    assert quality.recall is not None
    assert min(quality.precision, quality.recall) >= 0.97


def test_the_benchmark_prints_both_halves(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    printed = capsys.readouterr().out
    assert "tune: " in printed
    assert "held-out: " in printed
