"""The command `tally`. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
import sys

from pipeline.errors import TallyError

EXIT_FAILED_DOCUMENTS = 1
EXIT_USAGE = 2
EXIT_STOPPED = 130


def main() -> None:
    """Entry point of the console script: runs the command and exits 0, 1 or 2; a message is one line, never
    a traceback."""
    raise SystemExit(run_command(sys.argv[1:]))


def run_command(arguments: list[str]) -> int:
    """Runs `tally ARGUMENTS` and returns its exit status."""
    try:
        return _dispatched(arguments)
    except TallyError as error:
        return _told(str(error), EXIT_USAGE)
    except KeyboardInterrupt:
        return _stopped()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:
        if os.environ.get("TALLY_DEBUG"):
            raise
        cause = f"{type(error).__name__}: {error}".replace("\n", " ")[:300]
        return _told(f"unexpected error ({cause}); TALLY_DEBUG=1 shows where", EXIT_USAGE)


def _dispatched(arguments: list[str]) -> int:
    import typer

    from pipeline.cli.app import app

    try:
        status = typer.main.get_command(app).main(arguments or ["--help"], prog_name="tally", standalone_mode=False)
    except typer.Exit as error:
        return error.exit_code
    except typer.Abort:
        return _stopped()
    except typer.TyperException as error:
        return _told(f"{error.format_message()} (tally --help shows how)", EXIT_USAGE)
    if status == EXIT_STOPPED:  # what Typer makes of a key that interrupts
        return _stopped()
    return status if isinstance(status, int) else 0


def _stopped() -> int:
    return _told("stopped; the same command goes on from here", EXIT_STOPPED)


def _told(message: str, status: int) -> int:
    sys.stderr.write(f"tally: {' '.join(message.split())}\n")
    return status
