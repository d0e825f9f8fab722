"""The trained tagger of attributions: words, windows, the network, and how its scores become spans."""
