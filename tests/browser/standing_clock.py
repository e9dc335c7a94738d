"""Streamlit with a clock that stands: what the server shows is the same whenever it is asked.

`python -m tests.browser.standing_clock run streamlit_app.py` is `streamlit run` at `tests.submissions.NOW`.
"""

from __future__ import annotations

from streamlit.web.cli import main

from survey_app.services.process import runtime
from tests.submissions import NOW

if __name__ == "__main__":
    runtime.now = lambda: NOW
    main()
