"""An invented province to try the product with."""
