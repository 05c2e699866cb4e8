"""Lines of a text to passages: what is an article's matter, what surrounds it, who published it when."""
