"""Tables to records: headers, labels and unit lines give every cell its key."""
