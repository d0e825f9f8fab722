"""The bytes of a file: unpacked, and refused when they are a web page or something that we do not read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from multivector.errors import StatisticsError

MOST_BYTES = 2_000_000_000
"""What a file may hold once unpacked: a bound against files that unpack without end."""

_XLSX_MEMBER = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file, unpacked. `name` is the file's name, or that of the only file in an archive."""

    path: Path
    name: str
    data: bytes

    @property
    def start(self) -> bytes:
        """The first bytes, without a mark of order and white space."""
        return self.data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()


def open_content(path: Path) -> Content:
    """The bytes at `path`. Raises StatisticsError for what is missing, empty, damaged, or a web page."""
    try:
        if path.is_dir():
            raise StatisticsError(str(path), "a folder, not a file")
        if path.stat().st_size > MOST_BYTES:
            raise StatisticsError(str(path), f"more than {MOST_BYTES:,} bytes", "give a part of it")
        data = path.read_bytes()
    except OSError as error:
        raise StatisticsError(str(path), error.strerror or "cannot be read") from None
    name = path.name
    try:
        if data.startswith(b"\x1f\x8b"):
            data, name = _gunzip(path, data), name.removesuffix(".gz")
        elif data.startswith(b"PK\x03\x04"):
            data, name = _unzip(path, data)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
        raise StatisticsError(str(path), f"a damaged archive ({error})", "download it again") from None
    content = Content(path, name, data)
    if not data.strip():
        raise StatisticsError(str(path), "empty")
    if content.start[:200].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        raise StatisticsError(
            str(path), "a web page instead of data: perhaps the provider's error or log-in page", "download it again"
        )
    return content


def _gunzip(path: Path, data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        return _bounded(path, file.read(MOST_BYTES + 1))


def _unzip(path: Path, data: bytes) -> tuple[bytes, str]:
    """The one file of an archive that holds data; a workbook is left as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        if _XLSX_MEMBER in names or "content.xml" in names:
            return data, path.name
        # The World Bank packs its metadata beside the data.
        wanted = [n for n in names if not Path(n).name.startswith(("Metadata_", "__", "."))]
        if len(wanted) != 1:
            raise StatisticsError(str(path), f"an archive of {len(wanted)} files", "unpack it and give the files")
        with archive.open(wanted[0]) as file:
            return _bounded(path, file.read(MOST_BYTES + 1)), Path(wanted[0]).name


def _bounded(path: Path, data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise StatisticsError(str(path), f"unpacks to more than {MOST_BYTES:,} bytes", "give a part of it")
    return data
