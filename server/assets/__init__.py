"""Canonical assets: each place, group or activity once, whatever people call it."""
