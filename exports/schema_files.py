"""Writes schemas, and refuses to overwrite a published one by another that its readers could not live with."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from domain.errors import PublishRefusedError, UsageError
from exports.atomic_file import replacing
from exports.dataset import datasets
from exports.json_schema import FOLDER, schema_of, spell_schema
from exports.schema_change import Bump, allows, judge_change


def file_name(dataset: str) -> str:
    """Name a schema's file below the export directory."""
    return f"{FOLDER}/{dataset}.schema.json"


def write_schema(directory: Path, dataset: str, schema: Mapping[str, Any]) -> str:
    """Write one schema unless it is there already; return its name below the directory."""
    name, text = file_name(dataset), spell_schema(schema)
    path = directory / name
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        with replacing(path) as scratch:
            scratch.write_text(text, encoding="utf-8")
    return name


def publish_schemas(directory: Path) -> tuple[Path, ...]:
    """Write all data sets' schemas; raise ``PublishRefusedError`` when the version does not own up to a change."""
    schemas = {dataset.id: schema_of(dataset) for dataset in datasets.all()}
    refuse_unannounced(read_schemas(directory / FOLDER), schemas)
    return tuple(directory / write_schema(directory, name, schema) for name, schema in schemas.items())


def read_schemas(folder: Path) -> dict[str, Any]:
    """Read the published schemas of whole data sets, by data set."""
    files = sorted(folder.glob("*.schema.json"))
    try:
        schemas = [json.loads(file.read_bytes()) for file in files if ".delta." not in file.name]
        return {schema["x-dataset"]: schema for schema in schemas}
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{folder} holds a file that is no schema of ours; choose another directory") from error


def refuse_unannounced(published: Mapping[str, Any], present: Mapping[str, Any]) -> None:
    """Raise ``PublishRefusedError`` that names the first data set whose change asks for a greater version."""
    for name, old in published.items():
        new = present.get(name)
        needed = Bump.MAJOR if new is None else judge_change(old, new)
        version = next(iter(present.values()))["x-schema-version"]
        if not allows(old["x-schema-version"], version, needed):
            raise PublishRefusedError(
                f"the schema of {name} changed so that {old['x-schema-version']} → {version} does not say it; allowed: "
                f"at least a {needed.name.lower()} version more (SCHEMA_VERSION in exports/contract.py)"
            )
