"""Every word IP ASN needs exists in both languages."""

from __future__ import annotations

import inspect
import re
from decimal import Decimal
from importlib import import_module

import pytest

from analytics.ip_asn import columns, given_scores, row_checks, unit_index
from analytics.reason import Reason
from survey_app import rulesets
from survey_app.pages.keterkaitan.link_words import LINK_REASONS
from survey_app.services.ip_asn import checks, rows
from survey_app.services.ip_asn.findings import PROBLEMS
from survey_app.wording.ip_asn_words import (
    COMPLETE,
    GAP,
    IN_A_GAP,
    RECORDED,
    STAR,
    STARRED,
    VERIFICATION,
    category_of,
    category_text,
    completeness_text,
    gap_text,
    share_text,
    starred,
    unknown_text,
)
from tests.analytics.ip_asn.samples import R2019, given_total


@pytest.mark.parametrize("ruleset_id", rulesets.ruleset_ids())
def test_everything_a_rule_set_does_not_know_is_said_in_bahasa_indonesia(ruleset_id: str) -> None:
    ruleset = rulesets.get(ruleset_id)
    assert ruleset.verification in VERIFICATION
    for unknown in ruleset.unknown:
        text = unknown_text(unknown)
        assert text.en == unknown
        assert text.id != text.en


def test_every_finding_in_a_file_has_words() -> None:
    """Codes are written out, or made of a field and what is wrong with it ("jp-range")."""
    modules = (columns, row_checks, checks, rows)
    source = "".join(map(inspect.getsource, modules))
    named = set(re.findall(r'RowProblem\(\s*\w+,\s*"([a-z-]+)"', source))
    named |= set(re.findall(r'code="([a-z-]+)"', source))
    named |= set(re.findall(r'"([a-z]+-impossible)"', source))
    named |= {f"{field}-unknown" for field in re.findall(r'_known\(number, \w+, "(\w+)"(?!.*code=)', source)}
    assert len(named) > 10
    assert named <= set(PROBLEMS)
    unused = {
        code
        for code in PROBLEMS
        if f'"{code}"' not in source and f'}}-{code.split("-", 1)[1]}"' not in source
    }
    assert unused == set()


def test_every_reason_of_a_correlation_has_words() -> None:
    used = {
        Reason[name]
        for name in re.findall(
            r"Reason\.([A-Z_]+)", inspect.getsource(import_module("analytics.ip_asn.link"))
        )
    }
    assert used == set(LINK_REASONS)


def test_a_gap_is_named_by_the_bands_beside_it() -> None:
    group = unit_index([given_total(Decimal(t)) for t in ("70.4", "70.6")]).total
    text = gap_text(group, R2019)
    assert text is not None
    assert text == GAP.format(lower="Rendah", high=70, upper="Sedang", low=71, name="Sedang")
    assert category_text(group, "en") == f"Sedang{IN_A_GAP.en}"
    assert category_of(group) == f"Sedang{STAR}"
    assert starred([["Unit A", category_of(group)]], "en") == STARRED.en
    assert gap_text(unit_index([given_total(Decimal(75))]).total, R2019) is None
    assert starred([["Unit A", category_of(unit_index([given_total(Decimal(75))]).total)]], "en") == ""
    assert starred([["Unit A*", "Tinggi"]], "en") == ""


def test_a_share_is_never_full_while_somebody_is_missing() -> None:
    assert share_text(999, 1000, "id") == "> 99%"
    assert share_text(1000, 1000, "id") == "100%"
    assert share_text(994, 1000, "id") == "99%"
    assert share_text(0, 0, "id") == "–"


def test_completeness_names_the_dimension_recorded_least() -> None:
    full = unit_index([given_total(Decimal(75))])
    assert completeness_text(full.recorded, full.headcount, "id") == COMPLETE.id
    scores = {"kualifikasi": 15, "kompetensi": 30, "kinerja": None, "disiplin": 5}
    unrated = given_scores("p", "u", "PNS", scores, R2019)
    half = unit_index([given_total(Decimal(75)), unrated])
    assert (
        completeness_text(half.recorded, half.headcount, "id")
        == RECORDED.format(name="kinerja", share="50%").id
    )
