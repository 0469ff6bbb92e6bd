"""Maps: what is where, for the console and for workers' phones."""
