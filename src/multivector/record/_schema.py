"""JSON Schema (draft 2020-12) of the JSON Lines of a record, made from the data classes."""

from __future__ import annotations

from typing import Any

import msgspec

from multivector.record._types import ITEM_TYPES, Document
from multivector.record._vocabulary import Kind


def json_schema() -> dict[str, Any]:
    """The schema of one line: any of the kinds, each told by its `kind`."""
    classes = {Kind.DOCUMENT: Document, **ITEM_TYPES}
    _, components = msgspec.json.schema_components(classes.values(), ref_template="#/$defs/{name}")
    for kind, cls in classes.items():
        schema = components[cls.__name__]
        properties = {("from" if name == "from_" else name): value for name, value in schema["properties"].items()}
        origin = {"reader": {"type": "string"}} if kind is Kind.DOCUMENT else {"doc": {"type": "string"}}
        schema["properties"] = {"kind": {"const": kind.value}} | origin | properties
        names = [("from" if name == "from_" else name) for name in schema["required"]]
        schema["required"] = ["kind", *origin, *names]
        schema["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a multivector record",
        "oneOf": [{"$ref": f"#/$defs/{cls.__name__}"} for cls in classes.values()],
        "$defs": components,
    }
