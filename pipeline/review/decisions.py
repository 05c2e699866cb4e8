"""Decisions as the review page takes them: the log and its pure functions live below, where the stages
reach them.
"""

from pipeline.write.decided import accepted, apply
from pipeline.write.decisions import append, current, evidence_hash, load

__all__ = ["accepted", "append", "apply", "current", "evidence_hash", "load"]
