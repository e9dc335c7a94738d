"""Laporan IP ASN."""
