"""Hasil unit: one unit's result and what it means for the next step."""
