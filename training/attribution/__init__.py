"""The trained reader of attributions: who said what (source, cue, content)."""
