"""Tugas: what a position has to do."""
