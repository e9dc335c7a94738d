"""Seberapa yakin?: what the uncertainty of a unit's result means, for who never learnt statistics."""
