"""Every reason that a program can give is said in words, in both languages, wherever people read it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection
from importlib import import_module
from types import ModuleType

import pytest

from analytics.ip_asn import unit as ip_asn_unit
from analytics.reason import Reason
from survey_app.cli import ip_asn
from survey_app.pages.keterkaitan.link_words import LINK_REASONS
from survey_app.reports.statements import official
from survey_app.text import LANGUAGES, Language
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", Reason)
def test_a_reason_is_words_and_never_its_code(why: Reason, language: Language) -> None:
    voice = Voice(language)
    for said in (official.reason(why, voice), voice.text(reason_text(why))):
        assert said.strip()
        assert said != why.value


@pytest.mark.parametrize("why", Reason)
def test_the_two_languages_say_it_each_in_its_own_words(why: Reason) -> None:
    assert len({official.reason(why, Voice(language)) for language in LANGUAGES}) == len(LANGUAGES)
    assert len({Voice(language).text(reason_text(why)) for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("module", "words"),
    [
        (import_module("analytics.ip_asn.link"), LINK_REASONS),
        (ip_asn_unit, {*ip_asn._NO_INTERVAL, Reason.NOT_RECORDED}),
    ],
)
def test_tables_of_a_single_page_have_what_is_given_there(
    module: ModuleType, words: Collection[Reason]
) -> None:
    """A group without a value, not-recorded, has no interval to explain."""
    given = {Reason[name] for name in re.findall(r"Reason\.([A-Z_]+)", inspect.getsource(module))}
    assert given
    assert given <= set(words)
