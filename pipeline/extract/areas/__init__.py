"""Places that a text names, told from bodies, currencies and people of the same name."""
