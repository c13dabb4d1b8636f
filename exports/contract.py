"""The version of what the scoring team may rely on: names, types, codes, keys and units of every exported field."""

SCHEMA_VERSION = "3.0.1"
"""Semantic version of all schemas together (docs/exports.md, "Versions").

Major: a field or code goes, changes its type, unit or meaning, or may be empty where it never was. Minor: a field or a
data set is new. Patch: only words changed. An open list of codes grows without a new version.
``exports/schema_change.py`` holds us to it.
"""
