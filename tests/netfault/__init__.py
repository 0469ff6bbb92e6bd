"""The bad network: a TCP proxy with faults that have names, and what the clients make of them."""
