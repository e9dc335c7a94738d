"""One unit's index from its answer sheets, its uncertainty, and what its parts say."""

from analytics.ikm.bands import SKM_2017, Band, classify
from analytics.ikm.conventions import W011, W0111, Convention, Explained, conventions, explain_published
from analytics.ikm.estimate import Estimate, unsur_estimate
from analytics.ikm.intervals import Interval, on_scale
from analytics.ikm.moderated import Past, Sample, expected_dispersion
from analytics.ikm.moments import IntArray, Moments
from analytics.ikm.odds import Odds, Told, odds, odds_at
from analytics.ikm.omega import FEWEST_SHEETS, Omega, omega
from analytics.ikm.past import Month, past_of, together
from analytics.ikm.peers import Peers, peers_of
from analytics.ikm.priorities import Priority, PriorityMap, Quadrant, priorities
from analytics.ikm.quality import (
    SIGNALS,
    VERSION,
    Flag,
    FlagEffect,
    Known,
    QualityRules,
    Responses,
    flag_effect,
    flag_responses,
)
from analytics.ikm.reliability import Reliability, alpha_interval, reliability
from analytics.ikm.scoring import IkmResult, UnsurResult, sample, score
from analytics.ikm.sheets import Sheets
from analytics.ikm.stored_sums import sheets_in
from analytics.ikm.target import (
    AgainstTarget,
    Standing,
    against_target,
    chance_if_reached,
    chance_of_target,
)
from analytics.ikm.what_if import NextMutu, WhatIf, to_next_mutu, what_if

__all__ = [
    "FEWEST_SHEETS",
    "SIGNALS",
    "SKM_2017",
    "VERSION",
    "W011",
    "W0111",
    "AgainstTarget",
    "Band",
    "Convention",
    "Estimate",
    "Explained",
    "Flag",
    "FlagEffect",
    "IkmResult",
    "IntArray",
    "Interval",
    "Known",
    "Moments",
    "Month",
    "NextMutu",
    "Odds",
    "Omega",
    "Past",
    "Peers",
    "Priority",
    "PriorityMap",
    "Quadrant",
    "QualityRules",
    "Reliability",
    "Responses",
    "Sample",
    "Sheets",
    "Standing",
    "Told",
    "UnsurResult",
    "WhatIf",
    "against_target",
    "alpha_interval",
    "chance_if_reached",
    "chance_of_target",
    "classify",
    "conventions",
    "expected_dispersion",
    "explain_published",
    "flag_effect",
    "flag_responses",
    "odds",
    "odds_at",
    "omega",
    "on_scale",
    "past_of",
    "peers_of",
    "priorities",
    "reliability",
    "sample",
    "score",
    "sheets_in",
    "to_next_mutu",
    "together",
    "unsur_estimate",
    "what_if",
]
