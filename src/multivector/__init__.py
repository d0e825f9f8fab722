"""multivector reads official statements and political news into a sourced record.

`read` gives the record of one text or file, `open` a store of many, `add_statistics` fills it with files of
statistics, `checks` sets claims of its documents beside these; everything else is in the rooms
`multivector.record`, `.gather`, `.knowledge`, `.reading`, `.statistics`, `.check` and `.store`.
"""

from __future__ import annotations

from importlib import import_module

from multivector._version import __version__

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all of this
if TYPE_CHECKING:
    from typing import Any

    from multivector._api import add_statistics, checks, open, read  # noqa: A004  as in gzip.open
    from multivector.errors import MultivectorError
    from multivector.reading import Reader
    from multivector.record import Record
    from multivector.store import Store

__all__ = ["MultivectorError", "Reader", "Record", "Store", "__version__", "add_statistics", "checks", "open", "read"]

# Loaded when first used, so that `multivector --help` and `import multivector` stay quick.
_HOMES = {
    "MultivectorError": "multivector.errors",
    "Reader": "multivector.reading",
    "Record": "multivector.record",
    "Store": "multivector.store",
    "add_statistics": "multivector._api",
    "checks": "multivector._api",
    "open": "multivector._api",
    "read": "multivector._api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'multivector' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
