"""Jejak audit: who did what."""
