"""Pengaturan: units, hours, codes, kiosks, targets, questionnaires."""
