"""What the desk is told when it starts."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from multivector.errors import InputError

LOOPBACK_NAMES = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Which store to show, where to listen, and who may add to it.

    `host` is the address to listen on and `hosts` further names under which browsers may ask for the desk. On a
    loopback address whoever can reach the desk may add documents, elsewhere nobody may without `token`; with
    `readonly` nobody may anywhere. `max_upload` bounds one request in bytes and `max_files` the files in it.
    `allow_private` lets addresses on private networks be read, as for `multivector read`.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 8787
    hosts: tuple[str, ...] = ()
    token: str | None = None
    readonly: bool = False
    knowledge: tuple[Path, ...] = ()
    max_upload: int = 50_000_000
    max_files: int = 100
    allow_private: bool = False

    def __post_init__(self) -> None:
        if self.token is not None and len(self.token) < 12:
            raise InputError("--token", "too easy to guess", "give at least 12 characters")

    @property
    def loopback(self) -> bool:
        """Whether the desk listens to this machine alone."""
        return is_loopback(self.host)

    @property
    def needs_token(self) -> bool:
        """Whether adding documents needs the token: everywhere but on a loopback address, and there when one is set."""
        return self.token is not None or not self.loopback

    @property
    def may_write(self) -> bool:
        """Whether anybody at all may add documents."""
        return not self.readonly and (self.loopback or self.token is not None)


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own loopback."""
    if host.lower() in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Whether `host` is an IP address, which no other site can make its own as it can a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
