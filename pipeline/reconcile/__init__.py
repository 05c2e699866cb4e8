"""Reconciliation: the figures of a document as a system of relations that must agree within rounding.

`group` makes quantities of records, `rules` relations between them, `solve` finds the smallest sets of
figures or relations that explain every contradiction, `readings` and `repair` propose what should have been
printed.
"""

from pipeline.reconcile.across import reconcile_across
from pipeline.reconcile.check_system import check_system
from pipeline.reconcile.document import reconcile_document

__all__ = ["check_system", "reconcile_across", "reconcile_document"]
