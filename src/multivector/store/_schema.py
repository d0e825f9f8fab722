"""The tables of a store, in SQL.

`document` holds the texts, `sighting` where each was found, `item` one row for every item of every kind with the
exact JSON line it was added as; a table for each kind repeats its fields in columns for people and for SQL.
`item_actor`, `item_domain` and `item_span` are what queries go by. `document_search` and `item_search` are full
text indices over folded text (see `_fold`); triggers keep them in step when rows go.

Fields with several values are JSON arrays. `date_from` and `date_to` are the first and last day that an item's own
date covers, or else its document's date of publication.
"""

from __future__ import annotations

from multivector.record import Kind

APPLICATION_ID = 0x6D766563
"""`mvec`, in the header of the file: says whose SQLite file it is."""

TABLES: dict[Kind, str] = {
    Kind.DOCUMENT: "document",
    Kind.ACTOR: "actor",
    Kind.DATE: "date_mention",
    Kind.STATEMENT: "statement",
    Kind.EVENT: "event",
    Kind.FIGURE: "figure",
    Kind.AGREEMENT: "agreement",
    Kind.TIE: "tie",
}
"""The table of each kind."""

SAYABLE = frozenset({Kind.STATEMENT, Kind.EVENT, Kind.FIGURE, Kind.AGREEMENT, Kind.TIE})
"""The kinds whose items can stand inside a statement: those with `said_by`."""

_TOKENS = 'tokenize="unicode61 remove_diacritics 2"'
_HEAD = """
    item INTEGER PRIMARY KEY REFERENCES item (number) ON DELETE CASCADE,
    id TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
"""
_SAID_BY = "said_by TEXT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED"

_KINDS = {
    "actor": """
    code TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    members TEXT NOT NULL,
    wikidata TEXT,
    words TEXT NOT NULL""",
    "date_mention": """
    value TEXT NOT NULL,
    words TEXT NOT NULL""",
    "statement": f"""
    person TEXT,
    role TEXT,
    organisation TEXT,
    state TEXT,
    mode TEXT NOT NULL,
    said_on TEXT,
    occasion TEXT,
    domains TEXT NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    {_SAID_BY}""",
    "event": f"""
    type TEXT NOT NULL,
    actors TEXT NOT NULL,
    recipients TEXT NOT NULL,
    date TEXT,
    place TEXT,
    modality TEXT NOT NULL,
    domains TEXT NOT NULL,
    words TEXT NOT NULL,
    {_SAID_BY}""",
    "figure": f"""
    measure TEXT NOT NULL,
    value REAL NOT NULL,
    unit TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    parties TEXT NOT NULL,
    period TEXT,
    domains TEXT NOT NULL,
    words TEXT NOT NULL,
    {_SAID_BY}""",
    "agreement": f"""
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    parties TEXT NOT NULL,
    signed_on TEXT,
    period TEXT,
    sections TEXT NOT NULL,
    status TEXT NOT NULL,
    domains TEXT NOT NULL,
    words TEXT NOT NULL,
    {_SAID_BY}""",
    "tie": f"""
    type TEXT NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    domains TEXT NOT NULL,
    words TEXT NOT NULL,
    {_SAID_BY}""",
}

FIRST = (
    """
    CREATE TABLE document (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT,
        publisher TEXT,
        published TEXT,
        language TEXT,
        url TEXT,
        text TEXT NOT NULL,
        date_from TEXT,
        date_to TEXT,
        reader TEXT NOT NULL,
        record_digest TEXT NOT NULL
    )""",
    "CREATE INDEX document_date ON document (date_from, id)",
    """
    CREATE TABLE sighting (
        location TEXT NOT NULL,
        document INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
        digest TEXT NOT NULL,
        url TEXT,
        publisher TEXT,
        title TEXT,
        published TEXT,
        language TEXT,
        retrieved TEXT NOT NULL,
        PRIMARY KEY (location, document)
    )""",
    "CREATE INDEX sighting_document ON sighting (document)",
    "CREATE TABLE failure (location TEXT PRIMARY KEY, reason TEXT NOT NULL, noted TEXT NOT NULL)",
    """
    CREATE TABLE item (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL,
        type TEXT,
        date_from TEXT,
        date_to TEXT,
        line TEXT NOT NULL,
        UNIQUE (document, position)
    )""",
    "CREATE INDEX item_kind ON item (kind, document)",
    *(f"CREATE TABLE {table} ({_HEAD} {columns})" for table, columns in _KINDS.items()),
    *(
        f"CREATE INDEX {table}_document ON {table} (document)"
        for kind, table in TABLES.items()
        if kind is not Kind.DOCUMENT
    ),
    *(f"CREATE INDEX {TABLES[kind]}_said_by ON {TABLES[kind]} (said_by)" for kind in sorted(SAYABLE)),
    """
    CREATE TABLE item_actor (
        item INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
        code TEXT NOT NULL,
        role TEXT NOT NULL,
        PRIMARY KEY (item, code, role)
    ) WITHOUT ROWID""",
    "CREATE INDEX item_actor_code ON item_actor (code, item)",
    """
    CREATE TABLE item_domain (
        item INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
        domain TEXT NOT NULL,
        PRIMARY KEY (item, domain)
    ) WITHOUT ROWID""",
    "CREATE INDEX item_domain_domain ON item_domain (domain, item)",
    """
    CREATE TABLE item_span (
        item INTEGER NOT NULL REFERENCES item (number) ON DELETE CASCADE,
        role TEXT NOT NULL,
        position INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (item, role, position)
    ) WITHOUT ROWID""",
    f"CREATE VIRTUAL TABLE document_search USING fts5 (title, text, {_TOKENS})",
    f"CREATE VIRTUAL TABLE item_search USING fts5 (words, {_TOKENS})",
    """
    CREATE TRIGGER document_gone AFTER DELETE ON document BEGIN
        DELETE FROM document_search WHERE rowid = old.number;
    END""",
    """
    CREATE TRIGGER item_gone AFTER DELETE ON item BEGIN
        DELETE FROM item_search WHERE rowid = old.number;
    END""",
)
"""The first form of the store. Never changed once released: later forms come by further migrations."""

CONFIDENCE = tuple(
    statement
    for kind, table in TABLES.items()
    if kind is not Kind.DOCUMENT
    for statement in (
        f"ALTER TABLE {table} ADD COLUMN confidence REAL",
        f"CREATE INDEX {table}_confidence ON {table} (confidence)",
    )
)
"""What was added with the field `confidence`."""

MODES = (
    "ALTER TABLE event ADD COLUMN mode TEXT",
    "ALTER TABLE event ADD COLUMN contexts TEXT NOT NULL DEFAULT '[]'",
)
"""What was added with PLOVER's modes and contexts of events."""

LISTS = (
    "CREATE INDEX item_kind_date ON item (kind, date_from)",
    "CREATE INDEX statement_person ON statement (person, state, said_on)",
    "CREATE INDEX statement_role ON statement (role)",
    "CREATE INDEX statement_organisation ON statement (organisation)",
    "CREATE INDEX statement_state ON statement (state)",
    "CREATE INDEX actor_type ON actor (type, code, name)",
)
"""Indices for lists and tallies over a large store."""
