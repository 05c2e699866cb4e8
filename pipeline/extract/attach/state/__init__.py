"""What a document and a sentence have said so far: the evidence of their words, and the series key in force."""
