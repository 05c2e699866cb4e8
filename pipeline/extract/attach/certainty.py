"""How sure a figure's reading is: a probability-like number from the kinds of evidence it rests on.

The deductions were set by judgement; on the development texts (tests/gold) the share of figures with every field
right rises with the number. It orders figures and is no calibrated probability.
"""

from __future__ import annotations

from pipeline.extract.attach.state.statement import Statement

_BEST = 0.96
_WEAK_RULES = {
    "bare percent": 0.25,
    "signed percent": 0.1,
    "change behind": 0.1,
    "as the one before": 0.05,
    "rate": 0.05,
}


def certainty(statement: Statement) -> float:
    """Between 0.2 and 0.96; lower where words were left out, inherited from other sentences, or not understood."""
    doubt = _WEAK_RULES.get(statement.reading.rule, 0.0)
    doubt += 0.1 if statement.reading.role == "gapped" else 0.0
    doubt += 0.06 if not statement.explicit and statement.reading.role == "main" and statement.run < 0 else 0.0
    doubt += 0.3 if statement.key.flow is None and statement.key.indicator is None else 0.0
    doubt += 0.4 if not statement.unit else 0.0
    doubt += 0.05 if statement.period is None or statement.period_basis == "context" else 0.0
    doubt += 0.05 if statement.key.ref is None else 0.0
    return round(max(0.2, _BEST - doubt), 2)
