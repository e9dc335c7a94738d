"""Streamlit with pages that take everybody for an administrator, as before people signed in: to compare with.

`python -m benchmarks.open_to_all run streamlit_app.py` is `streamlit run`.
"""

from __future__ import annotations

from streamlit.web.cli import main

from survey_app.services.places.acting import ADMIN
from survey_app.ui import acting

if __name__ == "__main__":
    acting.who = lambda: ADMIN
    main()
