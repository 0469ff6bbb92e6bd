"""The first run: a one-time link makes the first administrator, and one page leads to the next from there."""
