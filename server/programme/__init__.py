"""The programme: who asks, in which languages, with which forms, and what is still to do before it runs."""
