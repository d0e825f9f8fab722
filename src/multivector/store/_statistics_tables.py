"""Tables and views of statistics and votes."""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE data_set (
        number INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        vintage TEXT NOT NULL,
        UNIQUE (source, vintage)
    )""",
    """
    CREATE TABLE observation (
        number INTEGER PRIMARY KEY,
        data_set INTEGER NOT NULL REFERENCES data_set (number),
        reporting_area TEXT NOT NULL,
        counterpart_area TEXT,
        counterpart_kind TEXT,
        indicator TEXT NOT NULL,
        flow TEXT NOT NULL,
        period TEXT NOT NULL,
        date_from TEXT,
        date_to TEXT,
        value REAL NOT NULL,
        unit TEXT NOT NULL,
        unit_multiplier INTEGER NOT NULL,
        valuation TEXT NOT NULL,
        status TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        "row" TEXT NOT NULL
    )""",
    """
    CREATE UNIQUE INDEX observation_key ON observation (
        reporting_area, indicator, flow, ifnull(counterpart_area, ''), period, unit, valuation, data_set
    )""",
    "CREATE INDEX observation_counterpart ON observation (counterpart_area, indicator, flow)",
    "CREATE INDEX observation_indicator ON observation (indicator, date_from)",
    "CREATE INDEX observation_data_set ON observation (data_set)",
    """
    CREATE TABLE roll_call (
        number INTEGER PRIMARY KEY,
        data_set INTEGER NOT NULL REFERENCES data_set (number),
        resolution TEXT NOT NULL,
        session INTEGER NOT NULL,
        date TEXT NOT NULL,
        issues TEXT NOT NULL,
        UNIQUE (data_set, resolution)
    )""",
    "CREATE INDEX roll_call_date ON roll_call (date)",
    """
    CREATE TABLE vote (
        area TEXT NOT NULL,
        roll_call INTEGER NOT NULL REFERENCES roll_call (number),
        choice TEXT NOT NULL,
        retrieved TEXT NOT NULL,
        "row" TEXT NOT NULL,
        PRIMARY KEY (area, roll_call)
    ) WITHOUT ROWID""",
    "CREATE INDEX vote_roll_call ON vote (roll_call)",
    """
    CREATE VIEW statistics AS
        SELECT d.source, d.vintage, o.reporting_area, o.counterpart_area, o.counterpart_kind, o.indicator, o.flow,
            o.period, o.value, o.unit, o.unit_multiplier, o.valuation, o.status, o.retrieved, o."row"
        FROM observation o JOIN data_set d ON d.number = o.data_set""",
    """
    CREATE VIEW votes AS
        SELECT v.area, r.resolution, r.session, r.date, v.choice, r.issues, d.source, d.vintage, v.retrieved, v."row"
        FROM vote v JOIN roll_call r ON r.number = v.roll_call JOIN data_set d ON d.number = r.data_set""",
)
"""The tables, as the migration `statistics` makes them. Never changed once released."""
