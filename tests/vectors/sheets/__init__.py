"""The form vectors that are written as XLSForm tables; ``tests.vectors.make_forms`` turns them into JSON."""
