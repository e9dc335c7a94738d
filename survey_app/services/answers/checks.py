"""What can be wrong with a submission, each in words for the person who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from analytics.text import redact
from survey_app import instruments
from survey_app.errors import NotFound, Problem
from survey_app.instruments import Instrument, Option
from survey_app.services.answers.queue_codes import LENGTH, is_code
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.text import Text

#: What ends a line, on any system and in any file.
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
CLIENT_ID_MAX = 64
#: Longer than a day is no measure of how long filling in took.
DURATION_MAX_MS = 86_400_000


def instrument_of(entry: UnitEntry, ref: str | None) -> Instrument | None:
    """The instrument of that ref; without a ref the unit's own; None when it is not published."""
    try:
        return instruments.get(ref or entry.unit.instrument)
    except NotFound:
        return None


def unknown_unit(code: str) -> Problem:
    return Problem.of(
        "unit-unknown",
        "unit",
        "Unit layanan {code} tidak dikenal.",
        "There is no service unit {code}.",
        code=code,
    )


def check_place(entry: UnitEntry, service: str | None, instrument: str | None) -> Iterator[Problem]:
    """Unit in use, service known and in use, instrument published."""
    if not entry.unit.active:
        yield Problem.of(
            "unit-inactive",
            "unit",
            "Survei untuk {name} sudah ditutup.",
            "The survey for {name} has closed.",
            name=entry.unit.name,
        )
    found = entry.service(service)
    if found is None:
        yield Problem.of(
            "service-unknown",
            "service",
            "Layanan {code} tidak ada di unit ini. Silakan pilih layanan lain.",
            "This unit has no service {code}. Please choose another service.",
            code=service or "",
        )
    elif not found.active:
        yield Problem.of(
            "service-inactive",
            "service",
            "Survei untuk {name} sudah ditutup.",
            "The survey for {name} has closed.",
            name=found.name,
        )
    if instrument_of(entry, instrument) is None:
        yield Problem.of(
            "instrument-unknown",
            "instrument",
            "Survei {ref} tidak tersedia.",
            "The survey {ref} is not available.",
            ref=instrument or entry.unit.instrument,
        )


def check_identity(response_id: UUID, client_id: str | None) -> Iterator[Problem]:
    """The response id is a UUIDv7, the client's id short and printable."""
    if response_id.version != 7:
        yield Problem.of(
            "id-not-uuid7", "id", "Nomor jawaban harus UUID versi 7.", "The response id must be a UUIDv7."
        )
    if client_id is not None and not (0 < len(client_id) <= CLIENT_ID_MAX and client_id.isprintable()):
        yield Problem.of(
            "client-id",
            "client_id",
            "Nomor perangkat paling panjang {limit} huruf yang dapat dicetak.",
            "The client id is at most {limit} printable characters.",
            limit=CLIENT_ID_MAX,
        )


def check_code(code: str | None) -> Iterator[Problem]:
    """A one-time code without a typing mistake; whether it is still good is decided when it is stored."""
    if not (code or "").strip():
        yield Problem.of(
            "code-missing",
            "code",
            "Mohon isi kode dari slip antrean Anda.",
            "Please enter the code on your queue slip.",
        )
    elif not is_code(code or ""):
        yield Problem.of(
            "code-mistyped",
            "code",
            "Kode salah ketik. Mohon periksa {length} huruf dan angka pada slip antrean Anda.",
            "The code is mistyped. Please check the {length} letters and digits on your queue slip.",
            length=LENGTH,
        )


def check_time(
    client_time: datetime | None, duration_ms: int | None, latest: datetime, zone: ZoneInfo
) -> Iterator[Problem]:
    """The client's clock is aware and not in the future, the duration that of one sitting."""
    if client_time is not None and client_time.tzinfo is None:
        yield Problem.of(
            "client-time-zone",
            "client_time",
            "Waktu harus disertai zona waktu.",
            "The time needs a time zone.",
        )
    elif client_time is not None and client_time > latest:
        yield Problem.of(
            "client-clock-future",
            "client_time",
            "Jam perangkat ({time}) terlalu cepat. Mohon betulkan jam perangkat, lalu kirim lagi.",
            "The device's clock ({time}) is fast. Please set it right, then send again.",
            time=client_time.astimezone(zone),
        )
    if duration_ms is not None and not 0 <= duration_ms <= DURATION_MAX_MS:
        yield Problem.of(
            "duration-range",
            "duration_ms",
            "Lama pengisian harus 0 sampai {limit} milidetik.",
            "The duration must be 0 to {limit} milliseconds.",
            limit=DURATION_MAX_MS,
        )


def check_answers(
    instrument: Instrument, answers: Mapping[str, int | None], gaps_allowed: bool
) -> Iterator[Problem]:
    """Every unsur answered 1..levels; on paper and in imports it may be left out, but not all of them."""
    for key in answers.keys() - set(instrument.keys):
        yield Problem.of(
            "unsur-unknown",
            f"answers.{key}",
            "Pertanyaan {key} tidak ada pada survei ini.",
            "This survey has no question {key}.",
            key=key,
        )
    given = {key: value for key, value in answers.items() if value is not None}
    if not given:
        yield Problem.of("no-answers", "answers", "Belum ada jawaban.", "There is no answer yet.")
        return
    for element in instrument.elements:
        value = given.get(element.key)
        if value is None and not gaps_allowed:
            yield Problem.of(
                "unsur-missing",
                f"answers.{element.key}",
                "{number} {name} belum dijawab.",
                "{number} {name} is not answered yet.",
                number=element.number,
                name=element.name,
            )
        elif value is not None and not _is_score(value, instrument.levels):
            yield Problem.of(
                "score-range",
                f"answers.{element.key}",
                "{number} {name}: nilai harus 1 sampai {levels}, bukan {value}.",
                "{number} {name}: the score must be 1 to {levels}, not {value}.",
                number=element.number,
                name=element.name,
                value=value,
                levels=instrument.levels,
            )


def check_profile(instrument: Instrument, profile: Mapping[str, str]) -> Iterator[Problem]:
    """Known fields with known options; an empty value is "tidak diisi"."""
    fields = {f.key: f.options for f in instrument.profile}
    for key, value in profile.items():
        options = fields.get(key, ())
        if key not in fields or (value and value not in [o.key for o in options]):
            yield Problem.of(
                "profile-option",
                f"profile.{key}",
                "Pilihan {value} tidak tersedia untuk {key}. Pilihan yang tersedia: {options}.",
                "{value} is not an option for {key}. The options are: {options}.",
                key=key,
                value=value,
                options=Text(*(", ".join(words) or "-" for words in _labels(options))),
            )


def _labels(options: Sequence[Option]) -> tuple[list[str], list[str]]:
    return [o.label.id for o in options], [o.label.en for o in options]


def check_comment(instrument: Instrument, comment: str | None) -> Iterator[Problem]:
    """A comment no longer than the instrument allows."""
    length = len(_readable(comment or ""))
    if length > instrument.comment_max:
        yield Problem.of(
            "comment-too-long",
            "comment",
            "Saran terdiri atas {length} huruf. Mohon persingkat menjadi paling banyak {limit} huruf.",
            "The comment has {length} characters. Please shorten it to {limit} or fewer.",
            length=length,
            limit=instrument.comment_max,
        )


def redacted_comment(comment: str | None) -> str | None:
    """The comment as it is stored, whichever way it came; None when nothing is left.

    Numbers and addresses that point to a person are taken out here, so that no row ever holds them. The limit
    of its length is that of what was written: a mark such as "[telepon]" may be longer than the number.
    """
    return redact(_readable(comment or "")) or None


def _readable(comment: str) -> str:
    """Without surrounding space and control characters. What parts words goes on parting them."""
    lines = _LINE_END.sub("\n", comment)
    parted = (" " if c.isspace() and c not in "\n\t" else c for c in lines)
    return "".join(c for c in parted if c in "\n\t" or c.isprintable()).strip()


def _is_score(value: object, levels: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= levels
