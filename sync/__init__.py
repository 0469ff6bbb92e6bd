"""The sync protocol without any I/O: ids, hashes, messages, schemas and codes. See README.md."""
