"""What people see of the pictures that phones send, and how other files are handed out."""
