"""A text of the same length in which marks that are no words are white space.

Texts that were cut out of pages now and then keep a tag or an entity; numbers and dates stand beside them.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(r"&nbsp;|&#160;|&ensp;|&thinsp;|<[^<>\n]{1,300}>|[\u00a0\u2009\u202f\u2007]")


def plain(text: str) -> str:
    """`text` with tags, entities of spaces and special spaces replaced by spaces, offset for offset."""
    return _MARKUP.sub(lambda match: " " * len(match.group()), text)
