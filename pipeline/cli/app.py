"""The commands and their options; each hands over to a module of its own, imported when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="tally",
    help="Takes figures out of news, press releases and papers, checks them, writes records.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="The output folder.")]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DATE",
        help="Publication date for documents that don't state one: YYYY[-MM[-DD]].",
    ),
]
DEFAULT_OUT = Path("extracted")


def _epilog(*examples: str) -> str:
    """Examples for the end of a help text, a line each."""
    return "Example: " + "\n\n         ".join(examples)


@app.command(
    epilog=_epilog("tally run corpus --out extracted", "tally run inbox archive.jsonl.gz --workers 4")
)
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders to read.")],
    out: Out = DEFAULT_OUT,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes (default: one a processor).")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="local|ADDRESS", help="Do the work on a Dask cluster of this machine or at ADDRESS."
        ),
    ] = None,
    published: Published = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Do everything again, not only what is new or changed.")
    ] = False,
    direct: Annotated[
        bool, typer.Option("--direct", help="Without Prefect: the same output, quicker to start.")
    ] = False,
) -> int:
    """Extract, check and write: reads .txt .md .html .pdf .png .jpg .tif and .jsonl[.gz], does only what is
    new."""
    from pipeline.cli.run import run_command

    return run_command(
        paths, out, workers=workers, dask=dask, published=published, fresh=fresh, direct=direct
    )


@app.command(epilog=_epilog('tally text "Exports rose 6.5% to 4.67 billion yuan." --published 2021-07-21'))
def text(
    words: Annotated[
        str, typer.Argument(metavar="TEXT|-", help="The text, or - to read it from standard input.")
    ],
    published: Published = None,
    json: Annotated[bool, typer.Option("--json", help="Records as JSON lines instead of a table.")] = False,
    out: Out = DEFAULT_OUT,
) -> int:
    """The figures of one text, as a table."""
    from pipeline.cli.text import text_command

    return text_command(words, published, as_json=json)
