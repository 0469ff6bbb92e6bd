"""Words that people found wrong in a translation: reported from phones, residents' pages and the console."""
