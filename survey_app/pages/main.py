"""The script Streamlit runs for every session and every change; the server is streamlit_app.py."""

from survey_app.pages import frame

frame.run()
