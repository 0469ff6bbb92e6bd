"""The side of the protocol that sends: an outbox in a file, a driver for the session, and requests over HTTP."""
