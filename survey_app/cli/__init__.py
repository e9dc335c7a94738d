"""The command line: `python -m survey_app`."""
