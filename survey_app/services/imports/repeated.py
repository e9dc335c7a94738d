"""What is refused, so that nobody counts twice: files whose sheets, or perhaps the same ones, are in already.

Four refusals, by their codes:

- `file-imported`: this file is in under another period, its sheets without a date. Nothing overrides it.
- `period-imported`: another file is in for these months. Somebody may say that this one holds further sheets.
- `rows-reread`: sheets of this file are stored with other scores: it was read in another way then.
- `rows-redated`: sheets of this file are stored under another day: its dates were read in another way then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from analytics import Period
from survey_app import days, instruments
from survey_app.errors import Refused
from survey_app.services.imports.row_ids import FileOrigin, period_of
from survey_app.storage import imports
from survey_app.storage.database import Connection
from survey_app.storage.imports import UndatedRows
from survey_app.storage.responses import NewResponse
from survey_app.text import LANGUAGES, Text


def refuse_repeated(
    connection: Connection, unit_id: int, source: FileOrigin, days: Mapping[int, date | None], *, add: bool
) -> None:
    """Refuse sheets that are in under another period, and without `add` those that others may hold too.

    Args:
        days: the day of each line, None without a date.
        add: someone says that the file holds sheets beside those of other files.

    Raises:
        Refused: `file-imported`, which nothing overrides, or `period-imported`.
    """
    earlier = [(rows, period_of(rows)) for rows in imports.undated_rows(connection, unit_id)]
    mine = {before.id for before in imports.of_unit(connection, unit_id) if source.made(before)}
    own = {period for rows, period in earlier if rows.import_id in mine}
    if _counted_as_undated(connection, unit_id, source, days, own):
        raise _file_imported(source, own)
    if not add:
        others = [(rows, period) for rows, period in earlier if rows.import_id not in mine]
        _refuse_others(connection, unit_id, source, others, mine)


def _counted_as_undated(
    connection: Connection,
    unit_id: int,
    source: FileOrigin,
    days: Mapping[int, date | None],
    own: set[Period],
) -> bool:
    """Whether lines of the file are in without a date already: in another period, or before theirs was read.

    Args:
        own: the periods that the file has been imported for with undated rows.
    """
    if own - {source.period} and None in days.values():
        return True
    # Rows that have a date now may be stored from a time when it was not known to be one.
    dated = [line for line, day in days.items() if day is not None]
    sources = [replace(source, period=period) for period in own]
    before = [row_id for origin in sources for line in dated for row_id in origin.ids(line, None)]
    return bool(imports.stored_scores(connection, unit_id, before))


def _refuse_others(
    connection: Connection,
    unit_id: int,
    source: FileOrigin,
    undated: list[tuple[UndatedRows, Period]],
    mine: Collection[int],
) -> None:
    """Other files with rows in the months of the period, or with undated rows that may belong there."""
    months = source.period.month_range
    counts = imports.counts(connection, unit_id, months)
    near = [(rows, period) for rows, period in undated if period.overlaps(source.period)]
    sheets = sum(times for number, times in counts.items() if number not in mine)
    sheets += sum(rows.n for rows, _ in near if not months[0] <= rows.month <= months[1])
    if sheets:
        raise _period_imported(source, sheets, {period for _, period in near} or {source.period})


def refuse_reread(
    connection: Connection, prepared: Sequence[NewResponse], ids: Mapping[UUID, UUID]
) -> set[UUID]:
    """The ids of the rows that are stored; a file whose stored rows said something else is refused.

    It is then read in another way than the first time.

    Args:
        ids: those under which the file's rows may be stored, and the one that each row has now.

    Raises:
        Refused: `rows-reread`, with the unsur that differ.
    """
    if not prepared:
        return set()
    own = {row.id for row in prepared}
    meant = {stored: now for stored, now in ids.items() if now in own}
    found = imports.stored_scores(connection, prepared[0].unit_id, list(meant))
    stored = {meant[stored]: scores for stored, scores in found.items()}
    changed = [
        unsur
        for row in prepared
        if row.id in stored and (unsur := _differing(stored[row.id], (row.instrument, row.scores)))
    ]
    if changed:
        raise _reread(changed)
    return set(stored)


def _differing(before: tuple[str, str], now: tuple[str, str]) -> list[str]:
    """The unsur in which two readings of a row, by instrument and scores, are not the same."""
    names: dict[str, str] = {}
    given: list[dict[str, str]] = []
    for ref, scores in (before, now):
        elements = instruments.get(ref).elements
        names.update({e.key: f"{e.number} ({e.key})" for e in elements})
        given.append({e.key: score for e, score in zip(elements, scores, strict=True)})
    return [name for key, name in names.items() if given[0].get(key) != given[1].get(key)]


def refuse_redated(
    connection: Connection, unit_id: int, source: FileOrigin, other_days: Mapping[int, frozenset[date]]
) -> None:
    """Refuse a file of which lines are stored under another day, read in another way: they would count twice.

    Args:
        other_days: by line, the days that its date has in another reading.

    Raises:
        Refused: `rows-redated`.
    """
    ids = [row_id for line, days in other_days.items() for day in days for row_id in source.ids(line, day)]
    if n := len(imports.stored_scores(connection, unit_id, ids)):
        raise _redated(n)


def _file_imported(source: FileOrigin, periods: set[Period]) -> Refused:
    text = Text(
        "Berkas ini sudah diimpor untuk {unit} {periods}, dengan lembar tanpa tanggal. Jika diimpor lagi "
        "untuk {period}, lembar yang sama terhitung dua kali, juga dengan --add. Lihat hasilnya pada "
        "{periods}, atau pada periode yang memuat bulan terakhirnya.",
        "This file has been imported for {unit} {periods}, with sheets without a date. If it were "
        "imported again for {period}, the same sheets would count twice, even with --add. See its result "
        "in {periods}, or in a period that holds its last month.",
    )
    return Refused(
        "file-imported", text.format(unit=source.unit, periods=_listed(periods), period=source.period)
    )


def _period_imported(source: FileOrigin, sheets: int, periods: set[Period]) -> Refused:
    text = Text(
        "Berkas lain ({sheets} lembar) sudah diimpor untuk {unit} {periods}. Lembar yang sama tidak boleh "
        "terhitung dua kali: impor lembar yang belum masuk dengan --add; jika berkas itu bertambah isinya, "
        "--equal known menambahkan hanya yang baru.",
        "Another file (sheets: {sheets}) has been imported for {unit} {periods}. The same sheets must not "
        "count twice: import those that are not in yet with --add; where that file has grown, --equal known "
        "adds only what is new.",
    )
    return Refused("period-imported", text.format(sheets=sheets, unit=source.unit, periods=_listed(periods)))


def _reread(changed: Sequence[Sequence[str]]) -> Refused:
    unsur = dict.fromkeys(name for names in changed for name in names)
    text = Text(
        "{n} lembar berkas ini sudah disimpan dengan nilai lain pada {unsur}; tidak ada yang disimpan. Impor "
        "dengan --order, --scale, dan kuesioner yang sama seperti pertama kali.",
        "Sheets of this file that were stored with other scores in {unsur}: {n}; nothing was stored. Import "
        "it with the --order, the --scale and the questionnaire of the first time.",
    )
    return Refused("rows-reread", text.format(n=len(changed), unsur=", ".join(unsur)))


def _redated(n: int) -> Refused:
    text = Text(
        "{n} lembar berkas ini sudah disimpan dengan tanggal lain. Jika diimpor lagi, lembar yang sama "
        "terhitung dua kali. Tidak ada yang disimpan. Dahulu tanggal dibaca dengan cara lain; pakai lagi "
        "pilihan --dates yang sama.",
        "Sheets of this file that are stored with another date: {n}. If it were imported again, the same "
        "sheets would count twice. Nothing was stored. The dates were read in another way then; give the "
        "same --dates.",
    )
    return Refused("rows-redated", text.format(n=n))


def _listed(periods: set[Period]) -> Text:
    return Text(*(", ".join(days.period(each, lang) for each in sorted(periods)) for lang in LANGUAGES))
