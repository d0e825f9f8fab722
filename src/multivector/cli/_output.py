"""Writing a file for the user: whole or not at all, and never over the store that it is made from."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from multivector.errors import MultivectorError

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """The lines of a CSV file, its heading first, in which no cell is run by a spreadsheet as a formula."""
    buffer = io.StringIO()
    # With this end of line the writer quotes cells that hold either of its characters; it is cut off afterwards.
    writer = csv.DictWriter(buffer, columns, lineterminator="\r\n")

    def line(cells: Mapping[str, str]) -> bytes:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue().removesuffix("\r\n").encode()

    yield line({name: name for name in columns})
    for row in rows:
        yield line({name: _safe(cell) for name, cell in row.items()})


def _safe(cell: str) -> str:
    """A cell that a spreadsheet does not run as a formula: the texts are not trusted."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


_STORE_SUFFIXES = ("", "-wal", "-shm", "-journal")


@contextmanager
def whole_file(output: str, store: str) -> Generator[BinaryIO]:
    """A file to write to, which takes the place of `output` only once it is whole.

    Where `output` is a device or a pipe, what is written goes there at once; where it is a link, to what it leads to.
    Raises MultivectorError when it cannot be written, or is the file of the `store` or its log.
    """
    try:
        if not output:
            raise MultivectorError("--output", "its name is empty", "name a file")
        target = Path(output).resolve()
        _check(target, output, store)
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as file:
                yield file
            return
        with _unfinished(target) as file:
            yield file
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise MultivectorError(output, f"cannot be written ({reason})", _advice(output)) from None


@contextmanager
def _unfinished(target: Path) -> Generator[BinaryIO]:
    """A new file beside `target`, renamed to it at the end and removed after an error."""
    if target.is_dir():
        raise IsADirectoryError(0, "a folder")
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(0, "may not be written")
    path = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        with path.open("xb") as file:
            yield file
        with suppress(OSError):
            shutil.copymode(target, path)
        path.replace(target)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _check(target: Path, output: str, store: str) -> None:
    """Raise MultivectorError when `target` is the store or its log, under whatever name, or would become its log."""
    for suffix in _STORE_SUFFIXES:
        file = Path(f"{Path(store).resolve()}{suffix}")
        if target == file or (target.exists() and file.exists() and target.samefile(file)):
            raise MultivectorError(output, "the store itself, which an export must not replace", "name another file")


def _advice(output: str) -> str | None:
    with suppress(OSError, ValueError, RuntimeError):
        folder = Path(output).resolve().parent
        if not folder.exists():
            return f"the folder {folder} does not exist; make it first"
    return None
