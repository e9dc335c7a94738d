"""Petugas: who may sign in, in which role and for which place."""
