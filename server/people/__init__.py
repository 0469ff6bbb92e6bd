"""People who sign in to the console: who they are and how they prove it."""
