"""Laporan: texts, publishing, schedules, downloads."""
