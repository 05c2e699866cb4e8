"""Pages to the text of a document, with tables and the boxes of every character."""
