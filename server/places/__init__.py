"""Places of work: neighbourhoods and the health and care systems they belong to."""
