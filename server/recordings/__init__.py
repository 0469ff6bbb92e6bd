"""The questions of a form, spoken by a person: recorded or uploaded in the console, given to phones with the form."""
