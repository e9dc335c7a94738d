"""Making the reports that are due: each once, whoever else is at it, and whoever dies on the way.

A scheduler claims a run for a while, makes the report, and ends the claim in the transaction that puts the
file in place. Killed before, its claim runs out and another takes over; late, it finds its claim gone and
drops what it made.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from analytics import Period
from survey_app.errors import AppError, ReportError
from survey_app.services.delivery import events
from survey_app.services.delivery.events import News
from survey_app.services.places import audited, catalogue
from survey_app.services.places import clock as server_clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.schedules import ordered
from survey_app.services.schedules.ordered import Line
from survey_app.storage import schedules as storage
from survey_app.storage.database import Connection, Database
from survey_app.storage.schedules import Report, Run, Schedule, Status
from survey_app.text import Language, Text

#: How long a claim holds: well above the longest time a report may take.
LEASE = timedelta(minutes=10)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
#: What the audit log says of who has everything due made.
_ASKED = {"service": "schedules.runs.make_asked"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What to make; `made_at` is the moment the report carries."""

    scope: Scope
    period: Period
    language: Language
    made_at: datetime
    report: Report = Report.SKM


Render = Callable[[Database, Order], bytes]


@dataclass(frozen=True)
class Maker:
    """How and where reports are made: the clock, what draws them, their folder, and how many at once."""

    database: Database
    clock: Callable[[], datetime]
    render: Render
    folder: Path
    workers: int = 1

    def make_due(self) -> Generator[Line]:
        """Make everything due, `workers` reports at a time, each given out as soon as it ended.

        Whoever stops asking stops the making: what has been begun is finished, and nothing is claimed ahead.
        """
        now = self.clock()
        # A clock that is ahead would make the reports of months that have not come.
        server_clock.check(self.database, now, behind=server_clock.ANY_DAY)
        ordered.plan(self.database, now)
        with ThreadPoolExecutor(self.workers, "report") as pool:
            making = {pool.submit(self.make_next) for _ in range(self.workers)}
            while making:
                ended, making = wait(making, return_when=FIRST_COMPLETED)
                for line in (future.result() for future in ended):
                    if line is not None:
                        yield line
                        making.add(pool.submit(self.make_next))

    def make_asked(self, acting: Acting) -> Generator[Line]:
        """As `make_due`, what lies in somebody's scope; of less than the province one after another.

        Raises: Refused `role-refused`.
        """
        with audited.refusals(self.database, acting, Action.MAKE_REPORTS, _ASKED, acting.scope):
            acting.require_action(Action.MAKE_REPORTS)
        if acting.scope == PROVINCE:
            audited.note(self.database, acting, Action.MAKE_REPORTS, _ASKED)
            yield from self.make_due()
            return
        for line in ordered.lines(self.database, self.clock(), acting.scope):
            if line.status is Status.DUE and line.schedule.active:
                made = self.make_now(acting, line.schedule, line.period)
                if made is not None:
                    yield made

    def make_now(self, acting: Acting, schedule: Schedule, period: Period) -> Line | None:
        """Make one report at once: due, failed, or made and to be made anew; None while another makes it.

        Also of a paused schedule: it makes nothing by itself, and what is asked for by hand all the same.

        Raises: Refused `role-refused`, `scope-refused`.
        """
        place, now = ordered.scope(schedule), self.clock()
        what = {"service": "schedules.runs.make_now", "schedule_id": schedule.id, "period": str(period)}
        with audited.refusals(self.database, acting, Action.MAKE_REPORTS, what, place):
            catalogue.require(self.database, acting, place, Action.MAKE_REPORTS)

        def job(connection: Connection) -> int:
            audited.write(connection, acting, Action.MAKE_REPORTS, what, place)
            return storage.order(connection, schedule.id, period, now)

        run_id = self.database.write(job)
        return self.make_next(run_id)

    def read(self, acting: Acting, line: Line) -> bytes:
        """The made report of `line`.

        Raises: Refused `role-refused`, `scope-refused`; as `read` of this module.
        """
        place, what = ordered.scope(line.schedule), {"service": "schedules.runs.read"}
        with audited.refusals(self.database, acting, Action.SEE_RESULTS, what, place):
            catalogue.require(self.database, acting, place, Action.SEE_RESULTS)
        return read(self.folder, line.run)

    def make_next(self, run_id: int | None = None) -> Line | None:
        """Claim one run (or the one named) and make it; None when there is none to take."""
        now = self.clock()
        server_clock.check(self.database, now, behind=server_clock.ANY_DAY)
        held = self.database.write(lambda c: storage.claim(c, now, now + LEASE, run_id))
        if held is None:
            return None
        schedule = next(s for s in ordered.every(self.database, PROVINCE) if s.id == held.schedule_id)
        self._make(schedule, held)
        with self.database.read() as connection:
            return Line(schedule, held.period, storage.find_run(connection, held.id))

    def _make(self, schedule: Schedule, held: Run) -> None:
        scope = ordered.scope(schedule)
        order = Order(scope, held.period, schedule.language, self.clock(), schedule.report)
        try:
            content = self.render(self.database, order)
            self._keep(held, order, content)
        except Exception as error:  # noqa: BLE001  # whatever went wrong is shown, and tried again later
            _log.exception("the report %s was not made", file_name(order))
            words = _words(error)
            wait = min(_FIRST_WAIT * 2 ** min(held.attempts - 1, 20), _LONGEST_WAIT)
            again = self.clock() + wait
            self.database.write(lambda c: storage.set_failed(c, held, words, again))

    def _keep(self, held: Run, order: Order, content: bytes) -> None:
        """Put the report in place, end the claim and announce it, all or none; none if the claim was lost."""
        name, where = file_name(order), ordered.placed(self.database, order.scope)
        target, digest, now = self.folder / name, hashlib.sha256(content).hexdigest(), self.clock()
        written = _write_beside(target, content)

        def job(connection: Connection) -> bool:
            # The file comes last: nothing after it may fail.
            def place() -> None:
                events.announce(connection, News.REPORT, where, _told(held, order), now)
                written.replace(target)

            return storage.set_made(connection, held, now, digest, name, place)

        try:
            mine = self.database.write(job)
        finally:
            written.unlink(missing_ok=True)
        if not mine:
            _log.warning("%s was made by another scheduler meanwhile", name)


def file_name(order: Order) -> str:
    """2026-09/laporan-skm-unit-ptsp-2026-09-id.pdf: a folder per period, a name that says everything."""
    subject = f"unit-{order.scope.unit}" if order.scope.unit else f"instansi-{order.scope.agency}"
    if order.scope == Scope():
        subject = "provinsi"
    return f"{order.period}/laporan-{order.report}-{subject}-{order.period}-{order.language}.pdf"


def read(folder: Path, run: Run | None) -> bytes:
    """A made report, as it stands in the folder.

    Raises:
        ReportError: `report-missing` when it is not in this folder, `report-changed` when its bytes differ.
    """
    named = "" if run is None else run.path or ""
    path = folder / named
    if run is None or not path.is_file():
        text = Text("Berkas {path} tidak ada lagi; buat ulang.", "The file {path} is gone; make it again.")
        raise ReportError("report-missing", text.format(path=named))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != run.sha256:
        text = Text(
            "Berkas {path} telah berubah sejak dibuat.", "The file {path} was changed since it was made."
        )
        raise ReportError("report-changed", text.format(path=named))
    return content


def _write_beside(target: Path, content: bytes) -> Path:
    """`content` under another name in the target's folder, on disk when this returns."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    written = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o644)
    except BaseException:
        # On a full disk above all: what is half written must not keep its space.
        written.unlink()
        raise
    return written


def _told(held: Run, order: Order) -> dict[str, object]:
    return {
        "report": order.report.value,
        "agency": order.scope.agency,
        "unit": order.scope.unit,
        "period": str(order.period),
        "language": order.language,
        "path": f"/api/v1/reports/{held.id}",
    }


def _words(error: Exception) -> str:
    """What the page shows: words of ours, or the kind of the error; its details are in the log."""
    return str(error) if isinstance(error, AppError) else type(error).__name__
