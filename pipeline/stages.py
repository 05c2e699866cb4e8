"""One document through all stages, without Prefect: read, extract, reconcile."""
