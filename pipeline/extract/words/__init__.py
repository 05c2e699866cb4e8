"""A sentence as typed items and phrases, and what a stretch of its words speaks of."""
