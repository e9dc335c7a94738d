"""Keterkaitan: IP ASN against IKM over the units."""
