"""What is measured, runnable by anyone: `make bench`. Figures compare within one run on one machine."""
