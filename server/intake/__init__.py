"""The sync endpoint: takes revisions in, and tells what has been taken in."""
