"""import-outbox."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from survey_app.cli.options import opened
from survey_app.errors import Refused
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt, Rejection
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text, visible
from survey_app.web import submissions
from survey_app.web.api import submitted


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_outbox(file: Path) -> None:
    """Masukkan jawaban dari berkas darurat anjungan survei. Yang sudah terkirim tidak dihitung dua kali."""
    records = _read(file)
    with opened() as database:
        outcomes = [(record, _accept(database, record, runtime.now())) for record in records]
    receipts = [outcome for _, outcome in outcomes if isinstance(outcome, Receipt)]
    again = sum(receipt.again for receipt in receipts)
    for record, outcome in outcomes:
        if isinstance(outcome, Rejection):
            reasons = "; ".join(str(problem) for problem in outcome.problems)
            click.echo(f"{visible(str(record.get('id')))}: {reasons}", err=True)
    refused = len(outcomes) - len(receipts)
    click.echo(f"{len(receipts) - again} disimpan, {again} sudah ada, {refused} ditolak")
    if refused:
        raise SystemExit(1)


def _read(file: Path) -> list[Mapping[str, Any]]:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))["records"]
        if not all(isinstance(r["body"], dict) and math.isfinite(r["at"]) for r in records):
            raise TypeError("a record has no body or no time")
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        text = Text(
            "{file} bukan berkas darurat anjungan survei.", "{file} is not an emergency file of a kiosk."
        )
        raise Refused("outbox-file", text.format(file=file.name)) from None
    return list(records)


def _accept(database: Database, record: Mapping[str, Any], now: datetime) -> Receipt | Rejection:
    age = max(0, int(now.timestamp() * 1000 - record["at"]))
    submission = submitted.from_json({**record["body"], "id": record.get("id"), "age_ms": age}, now)
    if isinstance(submission, Rejection):
        return intake.settled(database, submissions.id_of(record), submission)
    return intake.accept(database, submission, now)
