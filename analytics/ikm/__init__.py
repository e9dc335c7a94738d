"""One unit's index from its answer sheets, its uncertainty, and what its parts say."""
