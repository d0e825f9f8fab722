"""How the tagger's head for mentions (persons, organisations, places, offices) is trained; see `README.md`."""
