"""Answers for other programs: JSON to read, behind keys that administrators make."""
