"""What a province or an agency decides by, read once: for its page and for its sheet of paper."""
