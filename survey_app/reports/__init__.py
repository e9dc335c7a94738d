"""Reports: results become documents, documents become PDFs. No number is computed here."""
