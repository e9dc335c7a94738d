"""Settings every test shares."""

from __future__ import annotations

import os

from hypothesis import settings

# CI repeats the same examples, so that a red run can be repeated; a developer's machine explores new ones.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
