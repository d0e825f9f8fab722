"""How the classifier of events is trained."""
