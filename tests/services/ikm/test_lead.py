"""What a unit's page begins with: the rules, and that the lowest unsur is the one to mend."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import Period
from survey_app import instruments
from survey_app.instruments import DATA
from survey_app.services.ikm import lead, results
from survey_app.services.ikm.lead import Advice, Lead
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.wording import unit_words
from survey_app.wording.voice import Voice
from tests.reports import samples

ID, EN = Voice("id"), Voice("en")


def _lead(database: Database, rows: Sequence[Sequence[int]]) -> Lead:
    samples.create_unit(database, "u", "Unit")
    samples.insert(database, "u", rows, "2026-10")
    found = lead.lead_of(results.unit_result(database, "u", Period.parse("2026-10"), within=PROVINCE))
    assert found is not None
    return found


def test_the_only_d_is_said_first_with_how_little_is_missing(database: Database) -> None:
    """Of 190 answers to U3 490 points as in the mockups: 20, 52, 106, 12 of 1 to 4; all else is 3."""
    times = [1] * 20 + [2] * 52 + [3] * 106 + [4] * 12
    assert (len(times), sum(times)) == (190, 490)
    found = _lead(database, [(3, 3, t, 3, 3, 3, 3, 3, 3) for t in times])
    lowest = found.lowest
    assert lowest is not None
    assert (found.advice, lowest.element.key, lowest.mutu, found.of_its_letter) == (
        Advice.MEND,
        "waktu",
        "D",
        1,
    )
    assert lowest.low == Fraction(72, 190)
    assert unit_words.headline(found, 190, ID) == (
        "Percepat waktu penyelesaian dahulu: satu-satunya unsur bermutu D"
    )
    assert unit_words.about_lowest(lowest, ID, None, ()) == (
        "Waktu Penyelesaian paling rendah (64,47, D): 38% menjawab “Tidak cepat” atau “Kurang cepat”. "
        "Naik 0,03 sudah mutu C, naik 0,49 mutu B."
    )
    assert unit_words.headline(found, 190, EN, "waktu").endswith("grade D, and what people ask for most")
    # 75 of all but one unsur: C. The nearest other one lacks (76.605 - 75)/25.
    assert found.nearest is not None
    assert found.nearest.steps[0].told == Fraction(7, 100)
    assert found.unit[0].target.mutu == "B"


@pytest.mark.parametrize(
    ("rows", "advice", "said"),
    [
        (
            [(3,) * 8 + (4,)] * 9,
            Advice.MORE_RESPONDENTS,
            "Tambah responden dahulu: baru 9 orang yang menjawab",
        ),
        ([(3,) * 9] * 12, Advice.ALL_ALIKE, "Nilai semua unsur sama: tidak ada yang perlu didahulukan"),
        (
            [(3, 3, 4, 4, 4, 4, 4, 4, 4)] * 12,
            Advice.MEND,
            "Sederhanakan persyaratan dahulu: terendah dari 2 unsur bermutu C",
        ),
        (
            [(3,) + (4,) * 8] * 10 + [(4,) * 9] * 10,
            Advice.KEEP,
            "Pertahankan: semua unsur bermutu B atau lebih baik",
        ),
        ([(4,) * 9] * 12 + [(4,) * 8 + (3,)], Advice.KEEP, "Pertahankan: semua unsur bermutu A"),
    ],
)
def test_the_first_rule_that_holds_decides(
    database: Database, rows: list[tuple[int, ...]], advice: Advice, said: str
) -> None:
    found = _lead(database, rows)
    assert (found.advice, unit_words.headline(found, len(rows), ID)) == (advice, said)


def test_the_rules_are_data_and_cover_everything() -> None:
    data = json.loads((DATA / "reference/unit-sentences.json").read_text(encoding="utf-8"))
    assert {row["advice"] for row in data["rules"]} == set(Advice)
    last = lead.rules()[-1]
    assert (last.respondents_below, last.all_alike, last.letters) == (None, None, None)
    letters = {band.mutu for ref in ("skm-2017@1", "spak@1") for band in instruments.get(ref).bands}
    assert {letter for rule in lead.rules() for letter in rule.letters or ()} < letters
    assert set(unit_words.MEND) == set(instruments.get("skm-2017@1").keys)


counts = st.dictionaries(
    st.tuples(st.sampled_from([None, "waktu", "biaya"]), st.sampled_from(["keluhan", "saran", "pujian", ""])),
    st.integers(0, 12),
)


@given(counts)
@settings(max_examples=60)
def test_only_one_unsur_with_enough_complaints_is_the_one_most_named(
    found: dict[tuple[str | None, str], int],
) -> None:
    wanted = {
        key: sum(found.get((key, kind), 0) for kind in ("keluhan", "saran")) for key in ("waktu", "biaya")
    }
    first, second = sorted(wanted.values(), reverse=True)
    most = next(key for key, n in wanted.items() if n == first)
    assert lead.most_often(found) == (most if first > second and first >= 5 else None)
