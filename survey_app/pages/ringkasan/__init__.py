"""Ringkasan: the province or an agency on one page."""
