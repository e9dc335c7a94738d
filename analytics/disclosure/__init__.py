"""Which published numbers would give a few people away."""
