"""What the guide tells receivers to do does what it says."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey_app.services.delivery import signing

GUIDE = Path(__file__).parents[3] / "docs/panduan/webhook.md"
SECRET = signing.secret(b"k" * 32, "garam")


@pytest.fixture(scope="module")
def fits() -> Callable[[str, dict[str, str], bytes], bool]:
    """The example in Python, as it stands there."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    names: dict[str, Callable[[str, dict[str, str], bytes], bool]] = {}
    exec(code, names)
    return names["cocok"]


def test_the_example_takes_our_messages_and_no_other(
    fits: Callable[[str, dict[str, str], bytes], bool],
) -> None:
    now, secret = datetime.now(UTC), signing.shown(SECRET)
    headers = dict(signing.headers(SECRET, "msg_1", now, b"{}"))
    assert fits(secret, headers, b"{}")
    assert fits(secret, headers | {"webhook-signature": f"v1,x {headers['webhook-signature']}"}, b"{}")
    assert not fits(secret, headers, b"{} ")
    assert not fits(secret, headers | {"webhook-id": "msg_2"}, b"{}")
    assert not fits(secret, headers | {"webhook-timestamp": str(int(time.time()) + 1)}, b"{}")
    assert not fits(signing.shown(b"x" * 32), headers, b"{}")
    old = dict(signing.headers(SECRET, "msg_1", now - timedelta(minutes=6), b"{}"))
    assert not fits(secret, old, b"{}")
