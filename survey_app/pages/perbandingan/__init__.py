"""Perbandingan: units side by side."""
