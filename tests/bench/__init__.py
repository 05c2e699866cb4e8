"""The benchmark that `make bench` runs; no test, since its figures depend on the machine."""
