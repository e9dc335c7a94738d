"""Isi survei: the form on a tablet or at a counter."""
