"""Spans of time that a text names, and the years that belong to them."""
