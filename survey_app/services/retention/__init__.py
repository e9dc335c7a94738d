"""How long personal data are kept, and taking out what is over its time."""
