"""IP ASN: result and import of the professionalism index."""
