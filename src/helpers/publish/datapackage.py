"""The tables described for machines: Data Package v2 and Croissant, both made from the schemas."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import yaml

from helpers import layers
from helpers.data.tables import TABLES, Table
from helpers.paths import PROJECT

NAME = "jsa-crossing-in-context"
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
PUBLIC_DOMAIN = {
    "name": "other-pd",
    "title": "Public domain (Natural Earth)",
    "path": "https://www.naturalearthdata.com/about/terms-of-use/",
}
OPEN_STREET_MAP = {"title": "OpenStreetMap contributors", "path": "https://www.openstreetmap.org/"}
NATURAL_EARTH = {"title": "Natural Earth", "path": "https://www.naturalearthdata.com/"}
LAYER_ORIGIN = {
    "countries": (PUBLIC_DOMAIN, [NATURAL_EARTH]),
    "provinces_korea": (ODBL, [OPEN_STREET_MAP, NATURAL_EARTH]),
    "koreas": (ODBL, [OPEN_STREET_MAP, NATURAL_EARTH]),
    "mdl_nll": (ODBL, [OPEN_STREET_MAP]),
    "dmz_2km_band": (ODBL, [OPEN_STREET_MAP]),
}
FIELD_TYPES = {"integer": "integer", "number": "number"}
GEOJSON = "application/geo+json"
CROISSANT_TYPES = {"integer": "sc:Integer", "number": "sc:Float", "url": "sc:URL"}


def cited() -> dict[str, object]:
    """Return what ``CITATION.cff`` says: title, abstract, version, authors, keywords and so on."""
    facts = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    return facts | {"date-released": str(facts["date-released"])}


def citation() -> str:
    """Return how to cite these data, in a line."""
    facts = cited()
    by = ", ".join(author["name"] for author in facts["authors"])
    return f"{by} ({facts['date-released'][:4]}). {facts['title']}, version {facts['version']}."


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as hexadecimal digits."""
    return digest(path.read_bytes())


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _constraints(column: object) -> dict[str, object]:
    """Return the constraints of a column in the words of a Table Schema."""
    found: dict[str, object] = {"required": not column.nullable}
    if column.unique:
        found["unique"] = True
    if column.vocabulary is not None and column.kind == "category":
        found["enum"] = column.vocabulary.values()
    if column.numeric:
        found |= {"minimum": column.low, "maximum": column.high}
    if column.kind == "text":
        found["maxLength"] = column.high
    if column.pattern:
        found["pattern"] = f"^{column.pattern}$"
    return found


def _field(name: str, column: object) -> dict[str, object]:
    field = {
        "name": name,
        "type": FIELD_TYPES.get(column.kind, "string"),
        "description": column.description,
        "constraints": _constraints(column),
    }
    if column.unit:
        field["unit"] = column.unit
    if column.missing:
        field["missingValueMeaning"] = column.missing
    return field


def fields(table: Table) -> list[dict[str, object]]:
    """Return the columns of a table as the fields of a Table Schema."""
    return [_field(name, column) for name, column in table.schema.columns.items()]


def _references(table: Table) -> dict[str, tuple[str, str]]:
    """Return the columns that hold one key of another table, and table and column that it is of.

    A column whose values come again there is left out: a reader that joins on it doubles rows.
    """
    return {
        column: (target, key)
        for column, (target, key) in table.foreign_keys.items()
        if table.schema.columns[column].kind == "key" and TABLES[target].primary_key == (key,)
    }


def _table_resource(table: Table, data_dir: Path) -> dict[str, object]:
    path = data_dir / table.path
    schema: dict[str, object] = {
        "fields": fields(table),
        "missingValues": [""],
        "primaryKey": list(table.primary_key),
    }
    single = [
        {
            "fields": [column],
            "reference": {"resource": _hyphened(target), "fields": [target_column]},
        }
        for column, (target, target_column) in _references(table).items()
    ]
    if single:
        schema["foreignKeys"] = single
    return {
        "name": _hyphened(table.name),
        "path": table.path,
        "title": table.title,
        "description": table.description,
        **_file(path, "csv", "text/csv"),
        "licenses": [CC_BY],
        "schema": schema,
    }


def _layer_resource(path: Path, data_dir: Path) -> dict[str, object]:
    licence, sources = LAYER_ORIGIN[path.stem]
    place = path.relative_to(data_dir).as_posix()
    title, description = next(layers.ABOUT[one] for one, p in layers.FILES.items() if p == place)
    return {
        "name": _hyphened(path.stem),
        "path": place,
        "title": title,
        "description": description,
        **_file(path, "geojson", GEOJSON),
        "licenses": [licence],
        "sources": sources,
    }


def _hyphened(name: str) -> str:
    return name.replace("_", "-")


def _file(path: Path, form: str, mediatype: str) -> dict[str, object]:
    return {
        "format": form,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def layer_paths(data_dir: Path) -> list[Path]:
    """Return the map layers in order of name."""
    return sorted((data_dir / "geo").glob("*.geojson"))


def datapackage(data_dir: Path) -> dict[str, object]:
    """Return the descriptor of the data folder, Data Package version 2.

    Fields carry two properties of our own beside the standard's: ``unit``, and
    ``missingValueMeaning`` for what an empty cell says.
    """
    listed = pd.read_csv(data_dir / TABLES["sources"].path, usecols=["publisher"])
    facts = cited()
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": facts["title"],
        "description": facts["abstract"],
        "version": facts["version"],
        "keywords": facts["keywords"],
        "licenses": [CC_BY],
        "contributors": [
            {"title": author["name"], "roles": ["author", "maintainer"]}
            for author in facts["authors"]
        ],
        "sources": [
            {
                "title": f"{len(listed):,} documents of {listed['publisher'].nunique():,} "
                "publishers, listed in sources.csv",
                "path": "sources.csv",
            },
            OPEN_STREET_MAP,
            NATURAL_EARTH,
        ],
        "resources": [
            *(_table_resource(table, data_dir) for table in TABLES.values()),
            *(_layer_resource(path, data_dir) for path in layer_paths(data_dir)),
        ],
    }


_OF_CROISSANT = (
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format "
    "includes isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated "
    "replace samplingRate separator source subField transform"
)
CROISSANT_CONTEXT = dict(
    sorted(
        {
            "@language": "en",
            "@vocab": "https://schema.org/",
            "conformsTo": "dct:conformsTo",
            "cr": "http://mlcommons.org/croissant/",
            "data": {"@id": "cr:data", "@type": "@json"},
            "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
            "dct": "http://purl.org/dc/terms/",
            "examples": {"@id": "cr:examples", "@type": "@json"},
            "rai": "http://mlcommons.org/croissant/RAI/",
            "sc": "https://schema.org/",
            **{name: f"cr:{name}" for name in _OF_CROISSANT.split()},
        }.items()
    )
)


def _record_set(table: Table) -> dict[str, object]:
    fields, references = [], _references(table)
    for name, column in table.schema.columns.items():
        field = {
            "@type": "cr:Field",
            "@id": f"{table.name}/{name}",
            "name": name,
            "description": column.description,
            "dataType": CROISSANT_TYPES.get(column.kind, "sc:Text"),
            "source": {"fileObject": {"@id": table.path}, "extract": {"column": name}},
        }
        if name in references:
            field["references"] = {"field": {"@id": "/".join(references[name])}}
        fields.append(field)
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": fields,
    }


def _file_object(path: Path, data_dir: Path, encoding: str) -> dict[str, object]:
    name = path.relative_to(data_dir).as_posix()
    licence = LAYER_ORIGIN[path.stem][0] if path.stem in LAYER_ORIGIN else CC_BY
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "license": licence["path"],
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": encoding,
        "sha256": sha256(path),
    }


def croissant(data_dir: Path) -> dict[str, object]:
    """Return the Croissant 1.0 description of a data folder (JSON-LD).

    Its address is that of ``CITATION.cff``; where that has none, the cards beside the file.
    """
    facts = cited()
    files = [_file_object(data_dir / table.path, data_dir, "text/csv") for table in TABLES.values()]
    files += [_file_object(path, data_dir, GEOJSON) for path in layer_paths(data_dir)]
    return {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "name": NAME,
        "description": facts["abstract"],
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "license": [CC_BY["path"], ODBL["path"]],
        "url": facts.get("url", "README.md"),
        "keywords": facts["keywords"],
        "version": facts["version"],
        "datePublished": facts["date-released"],
        "citeAs": citation(),
        "creator": [{"@type": "Organization", "name": one["name"]} for one in facts["authors"]],
        "distribution": files,
        "recordSet": [_record_set(table) for table in TABLES.values()],
    }


def as_json(descriptor: dict[str, object]) -> bytes:
    """Return a descriptor as JSON text, the same bytes each time."""
    return (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode()
