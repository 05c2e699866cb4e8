"""Tables set in plain text: where they lie, their columns, headers, labels and captions."""
