"""Venues, where people are met, and the posters that hang there."""
