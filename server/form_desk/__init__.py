"""Forms in the console: what somebody uploads is checked, looked at and published; versions are compared and closed."""
