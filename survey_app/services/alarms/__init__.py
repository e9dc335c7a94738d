"""What deserves somebody's attention: who, what, since when, how sure, who is to act, and where."""
