"""A period in a snapshot: its sums as bytes, and read back only if the official numbers come out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics import Period, ikm
from analytics.ikm import IkmResult, Moments, Past, Peers
from survey_app import instruments
from survey_app.errors import StorageError
from survey_app.instruments import Instrument
from survey_app.services.ikm.results import PeriodResult
from survey_app.text import Text

#: How intervals are computed, raised when that changes: 2 is `analytics.ikm.moderated`, 1 what was before.
_INTERVAL_METHOD = 2


def instrument_data(instrument: Instrument) -> dict[str, str]:
    """A questionnaire by its name and fingerprint."""
    return {"ref": instrument.ref, "fingerprint": instruments.locked(instrument.ref)}


def stored_instrument(data: Mapping[str, str]) -> Instrument:
    """The questionnaire that `instrument_data` named. Raises: StorageError `snapshot-instrument`."""
    instrument = instruments.get(data["ref"])
    if instruments.locked(instrument.ref) != data["fingerprint"]:
        raise unreadable("snapshot-instrument", instrument.ref)
    return instrument


def period_data(period: PeriodResult) -> dict[str, Any]:
    """A period's sums, users and official numbers, and what was known of the months before."""
    past = period.score.sample.past if period.score.sample else None
    return {
        "period": str(period.period),
        "moments": period.moments.to_bytes().hex(),
        "population": period.score.population,
        "population_ignored": period.population_ignored,
        "official": _official(period.score),
        "interval_method": _INTERVAL_METHOD,
        # Left out where nothing is lent, and before intervals leant on earlier months.
        **({} if past is None else {"past": [past.weight, past.dispersion, past.calibration]}),
    }


def _official(score: IkmResult) -> dict[str, Any]:
    """The numbers that must come out again; exact ones as fractions, so that no float is compared."""
    return {
        "n": score.n,
        "exact": None if score.exact is None else str(score.exact),
        "ikm": None if score.ikm is None else str(score.ikm),
        "mutu": score.mutu,
    }


def period_result(data: Mapping[str, Any], instrument: Instrument) -> PeriodResult:
    """The period that `period_data` wrote, computed again.

    Raises:
        StorageError: `snapshot-result`.
    """
    moments = Moments.from_bytes(bytes.fromhex(data["moments"]))
    score = ikm.score(
        moments,
        weights=instrument.weights,
        population=data["population"],
        bands=instrument.bands,
        past=_past(data.get("past")),
    )
    if _official(score) != data["official"]:
        raise unreadable("snapshot-result", data["period"])
    # The first snapshots of method 2 did not name it; those with a past are of it.
    method = data.get("interval_method", _INTERVAL_METHOD if "past" in data else 1)
    anew = score.interval is not None and method != _INTERVAL_METHOD
    return PeriodResult(Period.parse(data["period"]), moments, score, data["population_ignored"], anew)


def _past(data: Sequence[Any] | None) -> Past | None:
    if data is None:
        return None
    weight, dispersion, calibration = data
    return Past(weight=int(weight), dispersion=float(dispersion), calibration=int(calibration))


def peers_data(peers: Peers | None) -> dict[str, Any]:
    """What was known of the unit's peers, to put into a snapshot; nothing where there were too few."""
    if peers is None:
        return {}
    told = {"shares": list(peers.shares), "dispersion": peers.dispersion}
    return {"peers": told | {"units": peers.units, "calibration": peers.calibration}}


def stored_peers(data: Mapping[str, Any]) -> Peers | None:
    """What `peers_data` put into it; None before odds leant on peers."""
    told = data.get("peers")
    if told is None:
        return None
    return Peers(
        shares=tuple(map(int, told["shares"])),
        dispersion=float(told["dispersion"]),
        units=int(told["units"]),
        calibration=int(told["calibration"]),
    )


def unreadable(code: str, what: str) -> StorageError:
    """The error that says which part of a snapshot is not what it was."""
    text = Text(
        "Hasil yang dipublikasikan tidak dapat dihitung ulang: {what}.",
        "The published result cannot be computed again: {what}.",
    )
    return StorageError(code, text.format(what=what))
