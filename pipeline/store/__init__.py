"""The output folder and the work beside it: what is done already, what is new, and nothing half-written."""
