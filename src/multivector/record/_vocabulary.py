"""The closed vocabularies of the record.

Each member's value is the word that stands in JSON, Arrow and SQL. Words with a meaning of their own in
the field (PLOVER's types) keep it; `docs/record.md` defines the rest.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of line in a record: the document, and the items found in it."""

    DOCUMENT = "document"
    ACTOR = "actor"
    DATE = "date"
    STATEMENT = "statement"
    EVENT = "event"
    FIGURE = "figure"
    AGREEMENT = "agreement"
    TIE = "tie"


class Domain(StrEnum):
    """The nine fields of policy that every item is put into."""

    TRADE = "trade"
    ENERGY = "energy"
    TRANSPORT = "transport"
    HEALTH = "health"
    CULTURE = "culture"
    ECOLOGY = "ecology"
    MIGRATION = "migration"
    SECURITY = "security"
    POLITICS = "politics"


class ActorKind(StrEnum):
    """What an actor is: a state, an organisation or format of states, a named group of states, or another body."""

    STATE = "state"
    ORGANISATION = "organisation"
    FORMAT = "format"
    GROUP = "group"
    BODY = "body"
    PERSON = "person"


class StatementMode(StrEnum):
    """How much of a statement's content stands in quotation marks: all, some, none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class EventType(StrEnum):
    """The sixteen event types of PLOVER (codebook of 2023, github.com/openeventdata/PLOVER)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Modality(StrEnum):
    """Whether an event happened, goes on, is intended, is merely possible, or is said not to be."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class AgreementType(StrEnum):
    """What sort of paper an agreement is."""

    TREATY = "treaty"
    DECLARATION = "declaration"
    MEMORANDUM = "memorandum"
    CONTRACT = "contract"
    ACTION_PLAN = "action-plan"
    PROGRAMME = "programme"
    OTHER = "other"


class AgreementStatus(StrEnum):
    """How far an agreement has got."""

    PROPOSED = "proposed"
    DRAFTED = "drafted"
    SIGNED = "signed"
    IN_FORCE = "in-force"
    IMPLEMENTED = "implemented"
    ENDED = "ended"


class TieType(StrEnum):
    """A standing relation between two actors. A `symmetric` one has its ends in alphabetical order."""

    ALLIANCE = "alliance"
    STRATEGIC_PARTNERSHIP = "strategic-partnership"
    NEIGHBOUR = "neighbour"
    TRADING_PARTNER = "trading-partner"
    MILITARY_PRESENCE = "military-presence"
    SECURITY_COOPERATION = "security-cooperation"
    MEMBERSHIP = "membership"
    DEPENDENCE = "dependence"
    INTEGRATION = "integration"

    @property
    def symmetric(self) -> bool:
        """Whether the relation holds in both directions by its nature."""
        return self not in (TieType.MILITARY_PRESENCE, TieType.MEMBERSHIP, TieType.DEPENDENCE)
