"""Tables of a page, by its ruling lines and by the way words line up."""
