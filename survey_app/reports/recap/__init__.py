"""Reports of an agency and of the province."""
