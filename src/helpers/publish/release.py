"""A release: one folder with the data in every form, what describes it, and its checksums.

All facts about the collection come from ``CITATION.cff``, all about its files from the data
package; the same state of the project gives the same bytes.
"""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

from helpers import load
from helpers.analysis import register
from helpers.data import changes
from helpers.data.check import check_all
from helpers.data.faults import DataError
from helpers.data.tables import TABLES
from helpers.figures.frames import shared
from helpers.paths import PROJECT
from helpers.publish import codebook, compare, findings, forms
from helpers.publish import datapackage as package
from helpers.words import say
from helpers.writing import scratch, write_all

MIT = "https://opensource.org/license/mit"
SUMS = "SHA256SUMS"
#: Files of the release beside the tables and layers: what each is, and its media type.
ABOUT = {
    ".zenodo.json": ("The facts of CITATION.cff, for Zenodo", "application/json"),
    "CHANGELOG.md": ("What changed in data and code, release by release", "text/markdown"),
    "CITATION.cff": ("How to cite this release", "text/yaml"),
    "DATASHEET.md": ("Datasheet: why, how and for what the data were made", "text/markdown"),
    "LICENSE": ("Licence of the code (MIT)", "text/plain"),
    "RELEASE_NOTES.md": ("What is new, and which findings changed", "text/markdown"),
    "crossings.gpkg": ("Places and map layers in one GeoPackage", "application/geopackage+sqlite3"),
    "crossings.sqlite": (
        "All tables in one database, with links and full-text search",
        "application/vnd.sqlite3",
    ),
    "crossings.xlsx": (
        "All tables in one workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "data/CODEBOOK.md": ("Every column of every table, every list of codes", "text/markdown"),
    "data/DECISIONS.md": ("Judgement calls, numbered", "text/markdown"),
    "data/LICENSE.md": ("Licences of the data", "text/markdown"),
    "data/README.md": ("One card a table", "text/markdown"),
    "data/croissant.json": ("Croissant 1.0", "application/ld+json"),
    "data/datapackage.json": ("Data Package v2", "application/json"),
    "data/geo/LICENSE-ODbL.txt": ("Open Database License 1.0", "text/plain"),
    "data/geo/README.md": ("Where the map layers come from", "text/markdown"),
}


def release(data_dir: Path, out_dir: Path, base: str | None = None) -> list[str]:
    """Write a release of a whole data folder to a new folder, all of it or nothing.

    Parameters
    ----------
    base : str, optional
        Folder or git revision that the notes compare the findings with; without it the newest tag,
        if there is one.

    Returns
    -------
    list of str
        The files, by their path in the folder.

    Raises
    ------
    helpers.data.faults.DataError
        With every fault of the data.
    ValueError
        If ``out_dir`` holds anything, or ``base`` is nowhere.
    """
    if out_dir.exists() and (not out_dir.is_dir() or any(out_dir.iterdir())):
        raise ValueError(f"{out_dir} is there and not empty; name a new folder with --out")
    faults = check_all(data_dir)
    if faults:
        raise DataError(faults)
    made = files(data_dir, base or _newest_tag())
    with scratch(beside=out_dir) as work:
        staged = work / "release"
        for folder in {Path(name).parent for name in made}:
            here = {Path(n).name: made[n] for n in made if Path(n).parent == folder}
            write_all(staged / folder, here)
        shutil.rmtree(out_dir, ignore_errors=True)
        staged.replace(out_dir)
    return list(made)


def files(data_dir: Path, base: str | None = None) -> dict[str, bytes]:
    """Return every file of a release by its path."""
    facts = package.cited()
    made = {"RELEASE_NOTES.md": notes(data_dir, base).encode()}
    frames = {name: load.table(name, data_dir) for name in TABLES}
    kept = [table.path for table in TABLES.values()]
    kept += [path.relative_to(data_dir).as_posix() for path in package.layer_paths(data_dir)]
    kept += [f"examples/{path.name}" for path in sorted((data_dir / "examples").glob("*.csv"))]
    kept += ["DECISIONS.md", "LICENSE.md", "geo/LICENSE-ODbL.txt", "geo/README.md"]
    made |= {f"data/{name}": (data_dir / name).read_bytes() for name in kept}
    made |= {f"data/{name}": text for name, text in codebook.documents(data_dir).items()}
    made |= {f"parquet/{name}.parquet": forms.parquet(frame) for name, frame in frames.items()}
    for name in ("CHANGELOG.md", "CITATION.cff", "LICENSE"):
        made[name] = (PROJECT / name).read_bytes()
    made["crossings.sqlite"] = forms.sqlite(frames)
    about = {"title": facts["title"], "version": facts["version"], "cite": package.citation()}
    about |= {"licence": package.CC_BY["title"], "about": facts["abstract"]}
    made["crossings.xlsx"] = forms.workbook(frames, about)
    made["crossings.gpkg"] = forms.geopackage(frames, data_dir, facts["date-released"])
    made[".zenodo.json"] = package.as_json(zenodo(facts))
    made["DATASHEET.md"] = datasheet(data_dir).encode()
    made["ro-crate-metadata.json"] = package.as_json(crate(facts, made, data_dir))
    sums = [f"{package.digest(made[name])}  {name}\n" for name in sorted(made)]
    return made | {SUMS: "".join(sums).encode()}


def zenodo(facts: dict[str, object]) -> dict[str, object]:
    """Return the facts of ``CITATION.cff`` as Zenodo takes them."""
    return {
        "title": facts["title"],
        "upload_type": "dataset",
        "description": f"<p>{facts['abstract']}</p>",
        "creators": [{"name": author["name"]} for author in facts["authors"]],
        "version": facts["version"],
        "publication_date": facts["date-released"],
        "license": facts["license"].lower(),
        "access_right": "open",
        "keywords": facts["keywords"],
        "language": "eng",
        "notes": "Map layers that hold lines of OpenStreetMap are under the ODbL 1.0.",
    }


def crate(facts: dict[str, object], made: dict[str, bytes], data_dir: Path) -> dict[str, object]:
    """Return the RO-Crate 1.1 description of the files made."""
    described = {
        f"data/{one['path']}": (one["title"], one["mediatype"], one["licenses"][0]["path"])
        for one in package.datapackage(data_dir)["resources"]
    }
    described |= {
        f"parquet/{table.name}.parquet": (table.title, "application/vnd.apache.parquet")
        for table in TABLES.values()
    }
    described |= ABOUT | {"LICENSE": (*ABOUT["LICENSE"], MIT)}
    parts, example = [], ("Example of a table that the project imports", "text/csv")
    for name in sorted(made):
        title, mediatype, *licence = described.get(name, example)
        one = {"@id": name, "@type": "File", "name": title, "encodingFormat": mediatype}
        one |= {"contentSize": str(len(made[name])), "sha256": package.digest(made[name])}
        parts.append(one | ({"license": {"@id": licence[0]}} if licence else {}))
    authors = [
        {"@id": f"#author-{number}", "@type": "Organization", "name": author["name"]}
        for number, author in enumerate(facts["authors"], 1)
    ]
    licences = [
        {"@id": one["path"], "@type": "CreativeWork", "name": one["title"]}
        for one in (package.CC_BY, package.ODBL, package.PUBLIC_DOMAIN)
    ]
    licences.append({"@id": MIT, "@type": "CreativeWork", "name": "MIT licence"})
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": facts["title"],
        "description": facts["abstract"],
        "version": facts["version"],
        "datePublished": facts["date-released"],
        "keywords": ", ".join(facts["keywords"]),
        "license": {"@id": package.CC_BY["path"]},
        "author": [{"@id": author["@id"]} for author in authors],
        "hasPart": [{"@id": part["@id"]} for part in parts],
    }
    itself = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [itself, root, *parts, *authors, *licences],
    }


def datasheet(data_dir: Path) -> str:
    """Return the datasheet, its numbers counted from the tables."""
    frames = shared(data_dir)
    incidents, listed, facts = frames["incidents"], frames["sources"], package.cited()
    cited = incidents["source_ids"].astype(str).str.count(";") + 1
    template = (resources.files("helpers.publish") / "datasheet.md").read_text(encoding="utf-8")
    return say(
        template,
        title=facts["title"],
        version=facts["version"],
        released=facts["date-released"],
        cite=package.citation(),
        answer=findings.answer(frames),
        tables=len(TABLES),
        rows=sum(len(load.table(name, data_dir)) for name in TABLES),
        layers=len(package.layer_paths(data_dir)),
        incidents=len(incidents),
        years=(incidents["year"].min(), incidents["year"].max()),
        direct=len(register.direct(incidents)),
        placed=incidents.geometry.notna().mean(),
        high=incidents["confidence"].eq("high").mean(),
        single=cited.eq(1).mean(),
        sources=len(listed),
        publishers=listed["publisher"].nunique(),
        korean=listed["language"].eq("ko").mean(),
        online=listed["url"].notna().sum(),
        contested=frames["conflicts"].reset_index()["conflict_id"].nunique(),
        corrections=len(frames["corrections"]),
        exclusions=len(frames["exclusions"]),
        spans=len(frames["blind_years"]),
        decisions=len(_DECISION.findall((data_dir / "DECISIONS.md").read_text(encoding="utf-8"))),
    )


_DECISION = re.compile(r"^## d\d+ ", re.M)


def notes(data_dir: Path, base: str | None) -> str:
    """Return the release notes: the newest part of the changelog, and what the findings became."""
    facts = package.cited()
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.split(r"^## ", changelog, flags=re.M)[1].partition("\n")[2].strip()
    parts = [f"# {facts['title']}, version {facts['version']}", newest]
    if base:
        with scratch() as work, changes.base_data(base, work) as before:
            found = compare.compare(before, data_dir)
        parts.append(f"## What the findings became since {base}")
        parts.append(compare.as_markdown(found) if found else "Nothing differs.")
    return "\n\n".join([*parts, f"Cite as: {package.citation()}"]) + "\n"


def _newest_tag() -> str | None:
    try:
        done = changes.git("describe", "--tags", "--abbrev=0")
    except OSError:
        return None
    return done.stdout.decode().strip() or None
