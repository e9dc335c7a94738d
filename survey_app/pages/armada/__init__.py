"""Armada kios: the devices at the counters."""
