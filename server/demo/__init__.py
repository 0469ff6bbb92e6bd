"""A data folder to try Fieldwell with: two neighbourhoods and made-up responses that say they are made up."""
