"""The command line: `python -m survey_app`."""

from __future__ import annotations

import click

from analytics import AnalyticsError
from survey_app.cli import (
    admin,
    clock,
    codes,
    conventions,
    deliver,
    hints,
    instruments,
    ip_asn,
    keys,
    maintenance,
    outbox,
    poster,
    report,
    responses,
    schedules,
    table,
)
from survey_app.errors import AppError


class _Group(click.Group):
    """Errors of the application become their message on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # who reads has seen enough, as `head` has: click ends without a word
        except AppError as error:
            raise click.ClickException(
                "\n".join(filter(None, [str(error), hints.way(error.code)]))
            ) from error
        except (AnalyticsError, OSError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group)
def main() -> None:
    """IKM dan IP ASN: impor, hasil, laporan, dan pemeliharaan."""


for command in (
    responses.import_responses,
    responses.result,
    outbox.import_outbox,
    report.report,
    schedules.schedules,
    schedules.as_before,
    poster.poster,
    clock.clock,
    admin.admin,
    keys.keys,
    deliver.deliver,
    codes.codes,
    report.publish,
    table.table,
    conventions.conventions,
    maintenance.demo,
    maintenance.rebuild,
    maintenance.calibrate,
    maintenance.redact,
    maintenance.thin,
    maintenance.backup,
    instruments.instrument,
    ip_asn.ipasn,
):
    main.add_command(command)
