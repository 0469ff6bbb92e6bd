"""Residents: a poster's pages without script, the call of a phone that visits one, one's own answers by their code."""
