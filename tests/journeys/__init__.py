"""Journeys: real browsers, a real server process, a real SQLite file, and everything that goes wrong in between."""
