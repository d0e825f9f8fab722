"""Files, folders, standard input and web addresses into documents: clean text with title, publisher, date and language.

`expand` turns what the user named into sources, `fetch` gets the bytes of one (bounded in size and time),
and `parse` turns bytes into a `Document` without touching anything else: the same `Raw` gives the same
document. `fetch` and `parse` raise `InputError`, whose text is one line that names the source and why.
"""

from multivector.gather._fetch import fetch
from multivector.gather._inputs import LOOKED_FOR, SUFFIXES, expand, url_list
from multivector.gather._parse import gather, parse
from multivector.gather._types import GATHER_VERSION, Failure, Gathered, Options, Raw, Source

__all__ = [
    "GATHER_VERSION",
    "LOOKED_FOR",
    "SUFFIXES",
    "Failure",
    "Gathered",
    "Options",
    "Raw",
    "Source",
    "expand",
    "fetch",
    "gather",
    "parse",
    "url_list",
]
