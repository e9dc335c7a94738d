"""Signing in by the plain pages: each test on one kind of database, as above the services."""
