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
    short_help="Extract, check and write; only what is new",
    epilog=_epilog("tally run corpus --out extracted", "tally run inbox archive.jsonl.gz --workers 4"),
)
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files and folders to read.")],
    out: Out = DEFAULT_OUT,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Worker processes (default: one a processor).")
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="local|ADDRESS", help="Do the work on a Dask cluster of this machine or at ADDRESS."),
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Keep results there and not below DIR: a folder, s3://…, whatever fsspec opens."
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
        paths, out, workers=workers, dask=dask, parts=parts, published=published, fresh=fresh, direct=direct
    )


@app.command(
    short_help="The figures of one text, as a table",
    epilog=_epilog('tally text "Exports rose 6.5% to 4.67 billion yuan." --published 2021-07-21'),
)
def text(
    words: Annotated[str, typer.Argument(metavar="TEXT|-", help="The text, or - to read it from standard input.")],
    published: Published = None,
    json: Annotated[bool, typer.Option("--json", help="Records as JSON lines instead of a table.")] = False,
    out: Out = DEFAULT_OUT,
) -> int:
    """The figures of one text, as a table."""
    from pipeline.cli.text import text_command

    return text_command(words, published, as_json=json)


@app.command(
    short_help="How a figure came about and what speaks for it",
    epilog=_epilog("tally explain ffeabab946bac210", 'tally explain --text "Trade rose 5% in 2021."'),
)
def explain(
    name: Annotated[
        str | None, typer.Argument(metavar="RECORD_OR_FINDING_ID", help="A record, a finding, or a document.")
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--text", metavar="TEXT|-", help="Explain every number of this text instead."),
    ] = None,
    published: Published = None,
    out: Out = DEFAULT_OUT,
) -> int:
    """How a figure came about: its sentence, fields, equations, proposals, decisions; for a document, what
    was left."""
    from pipeline.cli.explain import explain_command

    return explain_command(name, words, published, out)


@app.command(
    short_help="Serve the page to work through the findings",
    epilog=_epilog("tally review --out extracted", "tally review --host 0.0.0.0 --port 80"),
)
def review(
    host: Annotated[str, typer.Option(help="Address to serve at; another than this machine's demands a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to serve at.")] = 8765,
    out: Out = DEFAULT_OUT,
) -> int:
    """Serve the page on which a person works through the findings."""
    from pipeline.cli.decide import review_command

    return review_command(out, host, port)


@app.command(
    short_help="Decide a finding from the terminal",
    epilog=_epilog("tally decide F12ab accept", "tally decide F12ab override 15.9 --reason 'lost point'"),
)
def decide(
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="Id of the finding.")],
    action: Annotated[str, typer.Argument(metavar="accept|reject|override", help="What to do with it.")],
    value: Annotated[str | None, typer.Argument(metavar="VALUE", help="The right value, for override.")] = None,
    record: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Record that an override corrects (default: the only suspect)."),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    out: Out = DEFAULT_OUT,
) -> int:
    """Decide a finding from the terminal; the review page writes the same log."""
    from pipeline.cli.decide import decide_command

    return decide_command(out, finding, action, value, record, reason)


@app.command(short_help="The reconciliation engine on its own", epilog=_epilog("tally check system.json"))
def check(
    system: Annotated[Path, typer.Argument(metavar="SYSTEM.json", help="Variables and constraints.")],
    out: Out = DEFAULT_OUT,
) -> int:
    """The reconciliation engine on its own: which of these numbers can't all be right, and what would mend
    them."""
    from pipeline.cli.check import check_command

    return check_command(system)


@app.command(
    short_help="Load the output into a database",
    epilog=_epilog("tally load postgresql://me@localhost/figures", "tally load sqlite:///figures.db"),
)
def load(
    url: Annotated[str, typer.Argument(metavar="URL", help="postgresql://…, duckdb:///FILE or sqlite:///FILE.")],
    prune: Annotated[bool, typer.Option("--prune", help="Delete rows of documents that this run doesn't have.")] = (
        False
    ),
    out: Out = DEFAULT_OUT,
) -> int:
    """Load the output into a database; a second time changes nothing."""
    from pipeline.cli.deliver import load_command

    return load_command(out, url, prune=prune)


@app.command(
    short_help="Write the output in another format",
    epilog=_epilog("tally export parquet", "tally export sdmx-csv --out extracted"),
)
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, parquet, sdmx-csv or datapackage.")],
    out: Out = DEFAULT_OUT,
) -> int:
    """Write the output in another format, into DIR/export/FORMAT."""
    from pipeline.cli.deliver import export_command

    return export_command(out, form)
