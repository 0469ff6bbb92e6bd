"""Views of the list that people keep under a name: an address of the list, for oneself or for the team."""
