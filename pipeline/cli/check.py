"""`tally check`: the engine on a system of variables and constraints in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from pipeline.cli.output import say
from pipeline.errors import SystemFileError, UsageError


def check_command(path: Path) -> int:
    """Prints the engine's answer as one JSON object. Raises UsageError and SystemFileError."""
    system = _read(path)
    from pipeline.reconcile import check_system

    try:
        answer = check_system(system)
    except SystemFileError as error:
        raise SystemFileError(f"{path}: {str(error).removeprefix('system: ')}") from error
    say(msgspec.json.encode(answer).decode())
    return 0


def _read(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except OSError as error:
        raise UsageError(f"{path}: cannot be opened ({error.strerror}); check the path") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SystemFileError(f"{path}: no JSON object ({error}); see the format of `tally check`") from error
