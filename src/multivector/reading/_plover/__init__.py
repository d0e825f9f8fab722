"""The classifier of events between the two actors that are marked in a sentence."""
