"""The head of every page, and which page is under which of its words."""
