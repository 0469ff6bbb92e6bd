"""Devices: how one is enrolled, and the signed token that says who it is."""
