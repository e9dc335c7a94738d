"""Laporan SKM of one unit, as PDF and as workbook."""
