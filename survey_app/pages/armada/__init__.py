"""Anjungan survei: the devices at the counters."""
