"""Who signs in: passwords, sessions, one-time links, and the people with what they may do where."""
