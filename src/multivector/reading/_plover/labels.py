"""The labels that the classifier gives, in the order of the network's outputs."""

from __future__ import annotations

NONE = "NONE"  # nothing of PLOVER's between the two

# PLOVER's types (manual, draft 2.0), and none
TYPES = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    NONE,
)
# the fifteen of the data set PLV, coded to an older manual
PLV = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
# 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; YIELD as PLV has it
QUAD = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 1,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "YIELD": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
DIRECTIONS = ("forward", "back", "both")  # <s> acts on <t>, <t> acts on <s>, with one another
MODALITIES = ("occurred", "ongoing", "planned", "hypothetical", "denied")

# the record's ties, each a question of its own: whether it joins the two, and, where it has a direction, which way
NO_TIE = "none"
_EITHER, _ONE_WAY = (NO_TIE, "both"), (NO_TIE, "forward", "back")
TIES = {
    "alliance": _EITHER,
    "strategic-partnership": _EITHER,
    "neighbour": _EITHER,
    "trading-partner": _EITHER,
    "military-presence": _ONE_WAY,
    "security-cooperation": _EITHER,
    "membership": _ONE_WAY,
    "dependence": _ONE_WAY,
    "integration": _EITHER,
}
