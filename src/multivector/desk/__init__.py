"""The desk: web pages and a JSON interface over a store, served to the user's own browser.

Nothing is computed here: each page asks another room and shows what it gives, with the way back to its evidence.
"""

from multivector.desk._app import create_app
from multivector.desk._serve import serve
from multivector.desk._settings import Settings

__all__ = ["Settings", "create_app", "serve"]
