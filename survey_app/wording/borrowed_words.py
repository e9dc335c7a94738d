"""Which units or services have the pooled variance, because their own answers cannot tell theirs."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.sampling import Weighted
from survey_app.services.province.summary import Summary
from survey_app.text import Text
from survey_app.wording.voice import Voice

OF_UNITS = Text(
    "Selang kepercayaan memakai ragam gabungan seluruh unit untuk {n} unit yang jawabannya terlalu "
    "sedikit atau seragam: {names}.",
    "The confidence interval uses the pooled variance of all units for units with too few or identical "
    "answers ({n}): {names}.",
)
OF_SERVICES = Text(
    "Selang kepercayaan memakai ragam gabungan seluruh layanan untuk layanan yang jawabannya terlalu "
    "sedikit atau seragam: {names}.",
    "The interval has the pooled variance of all services for those whose answers are too few or all "
    "alike: {names}.",
)
OTHERS = Text("{n} lainnya", "{n} more")


def of_units(summary: Summary, voice: Voice) -> str:
    """What a reader of the interval of an agency or province must know; empty when there is nothing."""
    codes = set(summary.index.borrowed)
    names = [unit.entry.unit.name for unit in summary.units if unit.entry.unit.code in codes]
    if not names:
        return ""
    return voice.text(OF_UNITS.format(n=voice.count(len(names)), names=_listed(names, voice)))


def of_services(weighted: Weighted, voice: Voice) -> str:
    """The same of the services of a unit."""
    if not weighted.borrowed:
        return ""
    return voice.text(OF_SERVICES.format(names=_listed(weighted.borrowed, voice)))


def _listed(names: Sequence[str], voice: Voice) -> str:
    return voice.enumerate_some(names, OTHERS)
