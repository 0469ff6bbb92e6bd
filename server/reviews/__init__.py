"""Responses as coordinators see them, computed from the log of revisions."""
