"""A page as characters, words and ruling lines, by its text layer or by character recognition."""
