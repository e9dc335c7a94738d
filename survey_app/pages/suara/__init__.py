"""Suara warga: what citizens wrote."""
