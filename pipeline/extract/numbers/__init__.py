"""Numbers in clean text and the units that belong to them; which of them are figures."""
