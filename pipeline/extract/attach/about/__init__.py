"""Whose a figure is, of what, with whom and who says so: from labels, topics, places, partners and directions."""
