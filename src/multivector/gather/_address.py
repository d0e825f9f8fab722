"""Web addresses as text: recognising, normalising, comparing. Nothing here touches the network."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit, urlunsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_address(location: str) -> bool:
    """Whether `location` is an http or https address and not a path."""
    return location[:8].lower().startswith(("http://", "https://"))


def normal_address(address: str) -> str:
    """`address` with host in lower case, no user name, password, default port or fragment.

    What cannot be taken apart is given back as it is, without anything that may be a password; fetching
    says what is wrong with it.
    """
    try:
        parts = urlsplit(address.strip())
        host = _host(parts)
        port = parts.port
    except ValueError:
        return _without_credentials(address)
    if not host:
        return _without_credentials(address)
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


def web_address(address: str | None) -> str | None:
    """`address` normalised when it is a full http or https address with a host, else None."""
    if not address or not is_address(address.strip()) or any(c.isspace() for c in address.strip()):
        return None
    normal = normal_address(address)
    return normal if host_of(normal) else None


def host_of(address: str | None) -> str | None:
    """The host of an address in lower case, or None."""
    try:
        return (urlsplit(address).hostname or None) if address else None
    except ValueError:
        return None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses plausibly belong to one site: equal hosts, or one a subdomain of the other's domain."""
    first, second = ((host_of(address) or "").removeprefix("www.") for address in (one, other))
    return bool(first and second) and (first == second or first.endswith("." + second) or second.endswith("." + first))


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return f"[{host}]" if ":" in host else host


def _without_credentials(address: str) -> str:
    scheme, mark, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    return scheme + mark + authority.rpartition("@")[2] + slash + path
