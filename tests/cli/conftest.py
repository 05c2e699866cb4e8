"""The command line over stages that are quick."""

from tests.batch.conftest import fake_stages, inbox, out

__all__ = ["fake_stages", "inbox", "out"]
