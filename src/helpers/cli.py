"""The ``crossings`` command: a thin face of the package."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from typer.core import TyperGroup

from helpers.entry import steps
from helpers.paths import data_dir as default_data_dir
from helpers.paths import data_to_change, needs_project, shown
from helpers.writing import scratch, told

if TYPE_CHECKING:
    from helpers.notebooks.guards import Claim


MEND_PLACE = "No file is half written: mend that and run the command again."
#: Whose fault it is, since the data keep their schemas where a finding is computed.
FAULT_OF_CODE = (
    "If `crossings check` finds no fault in these data, the code is at fault: please report it."
)
UNTOUCHED = "Nothing was written."


class _Commands(TyperGroup):
    """The commands; what stops one is told in words: exit 2 for what was asked, else 1."""

    def invoke(self, ctx: typer.Context) -> object:
        from helpers.data.faults import DataError, FindingError

        try:
            return super().invoke(ctx)
        except FindingError as error:
            said, code = f"{error}\n{FAULT_OF_CODE}\n{UNTOUCHED}", 1
        except ValueError as error:
            said, code = f"{error}\n{UNTOUCHED}", 1 if isinstance(error, DataError) else 2
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read what is printed has gone
                raise
            said, code = f"{told(error)}. {MEND_PLACE}", 1
        typer.echo(said, err=True)
        raise typer.Exit(code)


app = typer.Typer(
    cls=_Commands,
    name="crossings",
    help="Open, sourced data on how North Koreans reach the South: check them, build the figures.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)

DataOption = Annotated[
    Path | None, typer.Option("--data", help="Data folder instead of the project's own.")
]
PartOption = Annotated[
    Path | None,
    typer.Option("--data", help="Data folder, or one with only the tables that differ."),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show everything, write nothing.")]


@app.command()
def check(
    data: PartOption = None,
    fmt: Annotated[
        Literal["text", "json"], typer.Option("--format", help="For people, or for machines.")
    ] = "text",
) -> None:
    """Check every table and layer and list all faults at once; exit 1 if there are any.

    A warning is a doubt that may be right: it is shown apart and stops nothing.
    """
    from helpers.data.check import check_folder, report

    own = default_data_dir()
    faults = check_folder(data or own, own)
    typer.echo(report(faults, fmt))
    raise typer.Exit(1 if any(not fault.warning for fault in faults) else 0)


@app.command()
def mend(
    file: Annotated[
        Path, typer.Argument(help="A table: its path, or its name in the data folder.")
    ],
    dry_run: DryRunOption = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Undo what a spreadsheet did to a table, where that is beyond doubt.

    It mends encoding, separator, byte-order mark, line ends, quotes, blank lines, order of columns,
    and dates that can be read in one way only; every other cell keeps its text.
    """
    from helpers.entry.mend import mend as read_and_mend

    mended = read_and_mend(file)
    typer.echo(mended)
    if mended.after == mended.before or dry_run:
        return
    try:
        if not yes:
            typer.confirm(f"Write this to {shown(mended.path)}?", abort=True)
    except typer.Abort as error:
        typer.echo("\nNothing was written; --yes writes without asking.", err=True)
        raise typer.Exit(1) from error
    mended.write()
    typer.echo(f"Wrote {shown(mended.path)}. Next: crossings check")


@app.command()
def build(
    notebooks: Annotated[
        list[Path] | None, typer.Argument(help="Paths or names of notebooks; all if none is given.")
    ] = None,
    data: PartOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Write there and leave the project untouched.")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Notebooks that run at once; by default one per core, at most 4."),
    ] = None,
    fork: Annotated[
        bool, typer.Option(help="Fork kernels from a warm process, or start each afresh.")
    ] = True,
    force: Annotated[bool, typer.Option(help="Run notebooks that are up to date, too.")] = False,
    cell_seconds: Annotated[
        float, typer.Option(min=0, help="Seconds after which a cell that has not ended is stopped.")
    ] = 300,
) -> None:
    """Check the data, run the notebooks that a change affects, write the figures."""
    from rich.console import Console

    from helpers.notebooks.build import JOBS, Options, choose
    from helpers.notebooks.build import build as build_all
    from helpers.notebooks.run import misnamed
    from helpers.paths import figures_dir
    from helpers.words import say

    console = Console()
    options = Options(
        out.resolve() if out else None, jobs or JOBS, fork, force, cell_seconds=cell_seconds
    )
    needs_project()
    for path in [] if notebooks else misnamed():
        typer.echo(f"Not built: {shown(path)}; delete it, or name it like 07_new_question.ipynb")
    paths = choose(notebooks or [])
    results = build_all(paths, (data or default_data_dir()).resolve(), console, options)
    failed = [result for result in results if result.error]
    for result in failed:
        typer.echo(result.error, err=True)
    pictures = sum(name.endswith(".png") for result in results for name in result.figures)
    ran = len(results) - len(failed)
    text = "{n:figure/figures} from {ran} of {all:notebook/notebooks}."
    console.print(say(text, n=pictures, ran=ran, all=len(results)))
    folder = options.out / "figures" if options.out else figures_dir()
    if pictures:
        page = folder / "README.md"
        place = f"{shown(folder)}/" if failed or not page.is_file() else shown(page)
        typer.echo(f"Look at them: {place} (each as PNG, SVG, CSV and JSON).")
    _tell_unheld({result.path.name: result.unheld for result in results if result.unheld})
    if failed:
        raise typer.Exit(1)
    if not (data or out):
        typer.echo(steps.after("build"))


@app.command()
def diff(
    data: PartOption = None,
    base: Annotated[
        str | None,
        typer.Option(
            help="Folder or git revision to compare with; "
            "the project's data if --data is given, else the last commit."
        ),
    ] = None,
    fmt: Annotated[
        Literal["text", "markdown", "json"],
        typer.Option("--format", help="For people, for a job summary, or for machines."),
    ] = "text",
    full: Annotated[
        bool, typer.Option("--full", help="Show each sentence before and after, and every row.")
    ] = False,
) -> None:
    """Show which counts, findings and figures a change of the data changes, and by which rows."""
    import shutil

    from helpers.data import changes, overlay
    from helpers.publish import compare

    own = default_data_dir().resolve()
    with scratch() as work:
        after = overlay.whole(data.resolve() if data else own, own, work / "data")
        with changes.base_data(base or (str(own) if data else "HEAD"), work) as before:
            found = compare.compare(before, after)
    if fmt == "json":
        typer.echo(compare.as_json(found))
    elif fmt == "markdown":
        typer.echo(compare.as_markdown(found))
    else:
        typer.echo(compare.show(found, full, shutil.get_terminal_size().columns))
        if found.findings and not full:
            typer.echo("\nWith --full: each sentence before and after.")
    if found.errors:
        typer.echo("\n".join([*found.errors, FAULT_OF_CODE]), err=True)
        raise typer.Exit(1)
    if fmt == "text" and found and not data:
        typer.echo(f"\n{steps.after('diff')}")


@app.command()
def export(
    slugs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SLUG]...", help="Names of figures; all if none is given."),
    ] = None,
    formats: Annotated[
        str,
        typer.Option("--format", help="png, svg, pdf; a caption: rtf, tex; separated by commas."),
    ] = "png",
    size: Annotated[
        Literal["column", "full", "slide", "web"],
        typer.Option(help="column 89 mm, full 183 mm, slide 338.7 x 190.5 mm, web 200 mm."),
    ] = "full",
    dpi: Annotated[int, typer.Option(help="Dots per inch of a PNG.")] = 220,
    lang: Annotated[str, typer.Option(help="Language of the words: en, ko.")] = "en",
    title: Annotated[bool, typer.Option(help="Write title and subtitle on the picture.")] = True,
    since: Annotated[int | None, typer.Option(help="First year to show.")] = None,
    until: Annotated[int | None, typer.Option(help="Last year to show.")] = None,
    style: Annotated[
        Path | None, typer.Option(help="A style file of matplotlib, on top of ours.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("exports"),
    data: PartOption = None,
    show: Annotated[
        bool, typer.Option("--list", help="Show slug, title, alt text and tables; write nothing.")
    ] = False,
) -> None:
    """Export figures for a report: pictures, the table of each, its words and sources."""
    from rich.console import Console
    from rich.progress import Progress

    from helpers.data import overlay
    from helpers.publish import documents
    from helpers.words import plural

    console, own = Console(), default_data_dir().resolve()
    asked = tuple(word.strip() for word in formats.split(",") if word.strip())
    with scratch() as work:
        chosen = documents.choose(slugs or [], part=bool(since or until))
        wish = documents.Wish(asked, size, dpi, lang, title, since, until, style)
        whole = overlay.whole((data or own).resolve(), own, work / "data")
        if show:
            documents.show(documents.listing(chosen, whole), console)
            return
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("drawing", total=len(chosen))
            unheld = documents.publish(chosen, wish, whole, out, lambda: progress.advance(task))
    made = f"{len(chosen)} {plural(len(chosen), 'figure/figures')}"
    console.print(f"Wrote {made} ({', '.join([*asked, 'csv', 'json'])}) to {out}/")
    _tell_unheld(unheld)


@app.command()
def document(data: DataOption = None) -> None:
    """Write codebook, cards, data package, Croissant file and the README's answer."""
    from helpers.publish import documents

    needs_project()
    written, unheld = documents.document((data or default_data_dir()).resolve())
    changed = {folder.name: names for folder, names in written.items() if names}
    for folder, names in changed.items():
        typer.echo(f"Wrote {', '.join(names)} in {folder}/")
    typer.echo(f"{'All else' if changed else 'Nothing changed: all'} is up to date.")
    _tell_unheld(unheld)
    if not data:
        typer.echo(steps.after("document"))


@app.command()
def release(
    out: Annotated[Path, typer.Option(help="A new folder to write to.")],
    base: Annotated[
        str | None,
        typer.Option(help="Folder or git revision to compare with; the newest tag if unsaid."),
    ] = None,
) -> None:
    """Write the data as a release: CSV, SQLite, Excel, GeoPackage, Parquet, and what describes it.

    Checksums, a datasheet, and notes with the findings that changed are in the folder, too.
    """
    from helpers.publish import release as releasing

    needs_project()
    made = releasing.release(default_data_dir().resolve(), out.resolve(), base)
    typer.echo(f"Wrote {len(made)} files to {out}/")


@app.command()
def site(
    data: PartOption = None,
    results: Annotated[
        Path | None, typer.Option(help="Folder that `crossings build --out` wrote from these data.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("site"),
    address: Annotated[
        str, typer.Option(help="Where it will be published: https://...; for search and feeds.")
    ] = "",
) -> None:
    """Make the report site: notebooks, incidents and figures as pages that need no network."""
    from helpers.data import overlay
    from helpers.figures.frames import Frames
    from helpers.paths import PROJECT
    from helpers.publish import site as report

    own = default_data_dir().resolve()
    with scratch() as work:
        if data and not results:
            raise ValueError(
                "--data needs --results: build with --data and --out, name that folder"
            )
        whole = overlay.whole((data or own).resolve(), own, work / "data")
        built = (results or PROJECT).resolve()
        pages = report.build(Frames(whole), built, out.resolve(), address)
    typer.echo(f"Wrote {pages:,} pages. Open {shown(out.resolve() / 'index.html')} in a browser.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A table of the Ministry of Unification.")],
    data: PartOption = None,
    dry_run: DryRunOption = False,
    source: Annotated[
        str | None, typer.Option(help="Key of the file's source, if it is in sources.csv.")
    ] = None,
    as_of: Annotated[
        str, typer.Option(help="Month up to which it counts (YYYY-MM), if the file does not say.")
    ] = "",
) -> None:
    """Import a ministry file (CSV, HTML, XLSX): show what changes, then write it."""
    from rich.console import Console

    from helpers.entry.ministry.run import run_import

    raise typer.Exit(run_import(file, data_to_change(data), dry_run, source, Console(), as_of))


@app.command()
def add(
    data: PartOption = None,
    dry_run: DryRunOption = False,
    table: Annotated[
        str, typer.Option(help="Table to add to, by the name of its file.")
    ] = "incidents",
    cells: Annotated[
        list[str] | None,
        typer.Option("--set", help="COLUMN=TEXT of the row; may be given many times."),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Key of a source that is in sources.csv; repeatable.")
    ] = None,
    new_source: Annotated[
        list[str] | None, typer.Option(help="FIELD=TEXT of a new source; repeatable.")
    ] = None,
    prompt: Annotated[bool, typer.Option(help="Ask for what is not given.")] = True,
) -> None:
    """Add an incident to the register, or a row to any table, by options or by questions."""
    from rich.console import Console

    from helpers.entry.add import run_add

    def ask(text: str) -> str:
        try:
            return typer.prompt(text, default="", show_default=False, prompt_suffix="")
        except typer.Abort as error:
            raise EOFError from error

    values = _pairs(cells)
    if source:
        values["source_ids"] = ";".join(source)
    folder, asking = data_to_change(data), ask if prompt else None
    code = run_add(values, _pairs(new_source), folder, dry_run, Console(), asking, table=table)
    raise typer.Exit(code)


def _pairs(options: list[str] | None) -> dict[str, str]:
    """Return options of the form NAME=TEXT by name."""
    pairs = {}
    for option in options or []:
        name, equals, text = option.partition("=")
        if not equals:
            raise typer.BadParameter(f"{option!r}: NAME=TEXT is expected")
        pairs[name.strip()] = text
    return pairs


def _tell_unheld(unheld: dict[str, list[Claim]]) -> None:
    """Print the claims that do not hold, if there are any."""
    from helpers.notebooks.guards import UNHELD, listed

    if unheld:
        typer.echo("\n  ".join([UNHELD, *listed(unheld)]))
