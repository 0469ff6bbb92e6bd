"""Code books: the kinds of assets, barriers and benefits, and the frames that a report re-cuts them by."""
