"""Answers as files that people take away."""
