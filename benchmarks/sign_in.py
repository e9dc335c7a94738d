"""What signing in costs: once at the door, and at every run of a page afterwards.

    python -m benchmarks.sign_in

Processor time, in pairs taken turn by turn, so that a busy machine is as busy for both: the ratio of a pair's
second to its first, and what the second has more, each as the mean of all pairs with its 95% interval (t).

At the door: one argon2 alone, and a whole sign-in, which holds one. A page: two servers on one database, one
that takes everybody for an administrator, as before people signed in, and one as it is served, which looks
the session up at every run and names its owner at the head; both are asked in Streamlit's own protocol.
The plain form: without the cookie of somebody signed in, and with it.
"""

from __future__ import annotations

import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from scipy import stats
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks import province, servers
from benchmarks.dashboards import is_finished, request_of
from benchmarks.servers import Served
from survey_app.services.accounts import passwords, signing_in
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from tests.signing_in import COOKIE, account_of, session_of

PAIRS, GETS, SIGN_INS = 20, 100, 3
#: One that is quickly drawn, and one that is not; runs in each half of a pair.
PAGES = {"armada": 40, "unit": 5}
GOAL_MS = 2.0
ANSWERS = 20_000
#: Work in the background would be counted with the page beside which it is done.
_QUIET = {"SURVEY_REFRESH_SECONDS": "3600", "SURVEY_SCHEDULE_SECONDS": "0"}
PASSWORD = "empat kata mudah diingat"


@dataclass(frozen=True)
class Compared:
    """Milliseconds of both, and by how much the second is more, as ratio and difference with intervals."""

    first: float
    second: float
    ratio: tuple[float, float, float]
    more: tuple[float, float, float]


def main() -> None:
    print(f"Signing in: processor time in ms, {PAIRS} pairs, mean and 95% interval")
    print(f"{'what':>34}  {'before':>7}  {'with':>7}  {'ratio':>20}  {'more (ms)':>24}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = province.build(path, ANSWERS)
        _say("sign-in, beside one argon2", _at_the_door(database))
        token = session_of(database)
        database.close()
        url = f"sqlite:///{path}"
        os.environ.update(_QUIET)
        with servers.together(url) as signed, servers.open_to_all(url) as unsigned:
            for served in (signed, unsigned):
                _come_to_rest(served)
            for page in PAGES:
                _say(f"page {page}, signed in", _of_a_page(unsigned, signed, page, token))
            _say("/s, with the cookie of a session", _of_the_form(signed, token))
    print(f"goal: a page has at most {GOAL_MS} ms more, a sign-in one argon2\n")


def _say(name: str, found: Compared) -> None:
    ratio = "{:.3f} ({:.3f}, {:.3f})".format(*found.ratio)
    more = "{:+.2f} ({:+.2f}, {:+.2f})".format(*found.more)
    print(f"{name:>34}  {found.first:>7.2f}  {found.second:>7.2f}  {ratio:>20}  {more:>24}", flush=True)


def _at_the_door(database: Database) -> Compared:
    now, hashed = runtime.now(), passwords.hashed(PASSWORD)
    account_of(database, Role.MANAGER, PROVINCE, now, login="pengelola", password=PASSWORD)
    origin = Origin("192.0.2.1", "benchmark")
    return _compared(
        lambda: _own_ms(lambda: passwords.matches(hashed, PASSWORD)),
        lambda: _own_ms(lambda: signing_in.sign_in(database, "pengelola", PASSWORD, origin, now)),
    )


def _own_ms(call: Callable[[], object]) -> float:
    """Of this process, per call."""
    before = time.process_time()
    for _ in range(SIGN_INS):
        call()
    return (time.process_time() - before) * 1000 / SIGN_INS


def _come_to_rest(served: Served) -> None:
    """Wait until a server has done what it does as it starts."""
    before = -1.0
    while served.cpu_seconds() - before > 0.01:
        before = served.cpu_seconds()
        time.sleep(2)


def _of_a_page(unsigned: Served, signed: Served, page: str, token: str) -> Compared:
    """The same cookie goes to both, and one of them does not look at it."""
    with _session(unsigned, token) as before, _session(signed, token) as after:
        if _run(after, page) < _run(before, page):
            raise RuntimeError(f"{page} is not shown to whom the cookie belongs")
        return _compared(
            lambda: _server_ms(unsigned, lambda: _run(before, page), PAGES[page]),
            lambda: _server_ms(signed, lambda: _run(after, page), PAGES[page]),
        )


def _of_the_form(served: Served, token: str) -> Compared:
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=60)
    return _compared(
        lambda: _server_ms(served, lambda: _get(connection, {}), GETS),
        lambda: _server_ms(served, lambda: _get(connection, {"Cookie": f"{COOKIE}={token}"}), GETS),
    )


def _session(served: Served, token: str) -> ClientConnection:
    address = served.url.replace("http", "ws", 1) + "/_stcore/stream"
    cookie = {"Cookie": f"{COOKIE}={token}"}
    return connect(address, subprotocols=[Subprotocol("streamlit")], additional_headers=cookie, max_size=None)


def _run(session: ClientConnection, page: str) -> int:
    """The number of messages with which the page came."""
    session.send(request_of(page))
    messages = 1
    while not is_finished(session.recv()):
        messages += 1
    return messages


def _get(connection: HTTPConnection, headers: dict[str, str]) -> None:
    connection.request("GET", "/s/u7", headers=headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError("the form did not come")


def _server_ms(served: Served, call: Callable[[], object], times: int) -> float:
    """Of the server's process, per call."""
    before = served.cpu_seconds()
    for _ in range(times):
        call()
    return (served.cpu_seconds() - before) * 1000 / times


def _compared(first: Callable[[], float], second: Callable[[], float]) -> Compared:
    """Turn by turn, each of both first in every second pair; one pair before is not counted."""
    first(), second()
    pairs = []
    for number in range(PAIRS):
        if number % 2:
            later = second()
            pairs.append((first(), later))
        else:
            pairs.append((first(), second()))
    logs = _interval([math.log(b / a) for a, b in pairs])
    return Compared(
        statistics.mean(a for a, _ in pairs),
        statistics.mean(b for _, b in pairs),
        (math.exp(logs[0]), math.exp(logs[1]), math.exp(logs[2])),
        _interval([b - a for a, b in pairs]),
    )


def _interval(values: list[float]) -> tuple[float, float, float]:
    """Mean and 95% interval by Student's t."""
    mean = statistics.mean(values)
    reach = float(stats.t.ppf(0.975, len(values) - 1)) * statistics.stdev(values) / len(values) ** 0.5
    return mean, mean - reach, mean + reach


if __name__ == "__main__":
    main()
