"""The server: Streamlit's pages and the plain routes, behind one address."""

import streamlit as st

from survey_app.pages import serving
from survey_app.services.process import runtime
from survey_app.ui import troubles
from survey_app.web.routes import routes

app = st.App(
    serving.SCRIPT,
    routes=[*routes(runtime.database, runtime.now, serving.demo_is_open), *serving.routes()],
    middleware=serving.MIDDLEWARE,
    exception_handlers=serving.ERRORS,
    on_script_error=troubles.tell,
    lifespan=serving.lifespan,
)
