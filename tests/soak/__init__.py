"""A long day in a few minutes: phones, coordinators, bad lines and power cuts at once."""
