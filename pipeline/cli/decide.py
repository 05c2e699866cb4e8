"""`tally decide` and `tally review`: both write the log that every run and reviewer reads."""

from __future__ import annotations

import getpass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.cli.output import clean, say
from pipeline.errors import DecisionError, UsageError
from pipeline.model.decision import Decision
from pipeline.model.finding import Finding

ACTIONS = ("accept", "reject", "override")


def review_command(out: Path, host: str, port: int) -> int:
    """Serves the review page until interrupted; elsewhere than on this machine only with a token, which is
    printed."""
    from pipeline.review import new_token, serve
    from pipeline.review.safety import is_loopback

    require_run(out)
    token = None if is_loopback(host) else new_token()
    say(f"http://{host}:{port}/" + (f"?token={token}" if token else "") + "  (Ctrl-C ends)")
    serve(out, host=host, port=port, **({"token": token} if token else {}))
    return 0


def require_run(out: Path) -> None:
    """Raises UsageError where `out` holds no finished run."""
    if not (out / "records.jsonl").exists():
        raise UsageError(f"{out}: holds no finished run; do 'tally run' first, or name the folder with --out")


def decide_command(out: Path, name: str, action: str, value: str | None, record: str | None, reason: str | None) -> int:
    """Writes a decision to the log and brings records, findings and the database in line with it.

    Raises UsageError for an unknown action or a missing value, DecisionError for a finding that is not there.
    """
    if action not in ACTIONS:
        raise UsageError(f"{action}: no such decision; write one of {', '.join(ACTIONS)}")
    if (action == "override") != (value is not None):
        raise UsageError(f"{action}: a value goes with override, and only with it")
    require_run(out)
    from pipeline.review.store import Store
    from pipeline.review.writer import Writer
    from pipeline.store.layout import DATABASE
    from pipeline.write.load import load

    store = Store(out)
    finding = store.findings.get(name)
    if finding is None:
        raise DecisionError(f"{name}: no such finding in {out}; see its findings.jsonl")
    entry = store.decide(_decision(finding, action, value, record, reason))
    Writer(store).flush()
    load(out, f"duckdb:///{out / DATABASE}")
    say(f"{entry.id}: {name} {store.findings[name].status}: {clean(finding.equation)}")
    return 0


def _decision(finding: Finding, action: str, value: str | None, record: str | None, reason: str | None) -> Decision:
    who = _user()
    if action == "reject":
        return Decision(action="reject", who=who, finding=finding.id, reason=reason)
    if action == "override":
        named = record or _only_suspect(finding)
        return Decision(
            action="override", who=who, finding=finding.id, record=named, value=_number(value), reason=reason
        )
    from pipeline.write.decided import accepted

    proposal = accepted(finding)
    return Decision(
        action="accept",
        who=who,
        finding=finding.id,
        record=proposal.record if proposal else None,
        value=proposal.obs_value if proposal else None,
        reason=reason,
    )


def _only_suspect(finding: Finding) -> str:
    if len(finding.suspects) != 1:
        names = ", ".join(finding.suspects or finding.figures)
        raise DecisionError(f"{finding.id}: several figures may be wrong; say which with --record ({names})")
    return finding.suspects[0]


def _number(value: str | None) -> Decimal:
    try:
        number = Decimal(value or "")
    except InvalidOperation as error:
        raise UsageError(f"{value}: no number; write it in full, as 15.9 or 59950000000") from error
    if not number.is_finite():
        raise UsageError(f"{value}: no number that a figure can have")
    return number


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "terminal"
