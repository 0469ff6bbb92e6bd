"""The languages that our own sentences exist in: which there are, what they say, how people add them."""
