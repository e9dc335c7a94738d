"""Beranda: the way on, and the units at a glance."""
