"""What citizens wrote: grouped, and shown to whom it may be shown."""
