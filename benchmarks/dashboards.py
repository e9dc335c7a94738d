"""Sessions that look at a dashboard without a pause, speaking Streamlit's own protocol and drawing nothing.

    python -m benchmarks.dashboards URL PAGE SESSIONS TOKEN

TOKEN is that of somebody's session, as the browser's cookie holds it.

A process of its own, so that it delays no one who measures. Writes a line for every run of the page.
"""

from __future__ import annotations

import asyncio
import sys

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.signing_in import COOKIE


async def look(url: str, page: str, token: str) -> None:
    """One session: run the page, wait until it has finished, again."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    cookie = {"Cookie": f"{COOKIE}={token}"}
    protocol = [Subprotocol("streamlit")]
    async with connect(address, subprotocols=protocol, additional_headers=cookie, max_size=None) as socket:
        while True:
            await socket.send(request_of(page))
            while not is_finished(await socket.recv()):
                pass
            print(".", flush=True)


def request_of(page: str) -> bytes:
    """What a browser sends to have a page run."""
    request = BackMsg()
    request.rerun_script.page_name = page
    return bytes(request.SerializeToString())


def is_finished(message: str | bytes) -> bool:
    """Whether this is the end of a run. Raises: RuntimeError if the run failed."""
    if not isinstance(message, bytes):
        return False
    answer = ForwardMsg.FromString(message)
    if answer.WhichOneof("type") != "script_finished":
        return False
    if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        raise RuntimeError(f"the page ended with {answer.script_finished}")
    return True


async def main(url: str, page: str, sessions: int, token: str) -> None:
    await asyncio.gather(*(look(url, page, token) for _ in range(sessions)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
