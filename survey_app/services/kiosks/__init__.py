"""Devices at the counter: pairing, heartbeats, the fleet."""
