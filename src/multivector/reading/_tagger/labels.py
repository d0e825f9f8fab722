"""Names of the tags and of the links, and which tag may follow which."""

from __future__ import annotations

ROLES = ("source", "cue", "content")
TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
LINKS = (("content", "cue"), ("cue", "source"), ("content", "source"))


def begin(role: int) -> int:
    """Tag of the first word of a span of the role."""
    return 2 * role + 1


def inside(role: int) -> int:
    """Tag of the further words of a span of the role."""
    return 2 * role + 2


def role_of(tag: int) -> int | None:
    """The role that the tag belongs to, or nothing for `O`."""
    return None if tag == 0 else (tag - 1) // 2


def allowed(before: int, after: int) -> bool:
    """Whether `after` may follow `before`: an inside tag needs its own role before it."""
    return after == 0 or after % 2 == 1 or role_of(before) == role_of(after)
