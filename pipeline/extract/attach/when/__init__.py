"""The period of a figure, and what it is compared with."""
