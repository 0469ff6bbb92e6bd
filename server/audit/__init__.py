"""The log of what people did: written with what they did, in one transaction, and never changed."""
