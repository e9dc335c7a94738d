"""Importing a file in a process of its own, which may be killed in the middle of it.

python -m tests.storage.importer URL FILE ROWS_TOGETHER SLICES_UNTIL_KILLED
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from analytics.period import Period
from survey_app.services.imports import importing, staging
from survey_app.services.places.acting import ADMIN
from survey_app.storage import bulk
from survey_app.storage.bulk import ReadyRows
from survey_app.storage.database import Connection, open_database
from tests.submissions import NOW

P2019 = Period.parse("2019")


def main(url: str, path: str, together: str, slices: str) -> None:
    real, left = bulk.append, [int(slices)]

    def append(connection: Connection, rows: ReadyRows) -> None:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        real(connection, rows)

    bulk.append, staging.TOGETHER = append, int(together)
    database = open_database(url)
    report = importing.import_responses(database, ADMIN, Path(path), "ptsp", P2019, NOW)
    database.close()
    print(report.stored, report.known)


if __name__ == "__main__":
    main(*sys.argv[1:])
