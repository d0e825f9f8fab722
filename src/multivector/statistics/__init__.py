"""Statistics from files of providers."""
