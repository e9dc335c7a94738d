"""The index as if the services had answered in proportion to the people they served, beside the official."""

from __future__ import annotations

from analytics.ikm import Moments
from analytics.sampling import Group, Weighted, post_stratify
from survey_app.services.ikm.results import UnitResult


def by_service(result: UnitResult) -> Weighted | None:
    """The weighted index of a unit; None unless two services or more have recorded their users.

    A service with fewer users than answers has recorded them wrongly: None as well.
    """
    k, levels = len(result.instrument.elements), result.instrument.levels
    groups = [
        Group(s.service.name, Moments.merge_bytes(s.sums, k, levels), s.users)
        for s in result.services
        if s.users is not None and s.users >= s.n
    ]
    if len(groups) < 2 or len(groups) < len(result.services) or not any(g.population for g in groups):
        return None
    return post_stratify(groups, weights=result.instrument.weights, finite=True)
