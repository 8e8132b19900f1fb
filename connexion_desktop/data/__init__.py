"""Where things stay: the encrypted file, its models, audit and backups.

SQLAlchemy imports asyncio, with TLS and subprocesses, and the lists of installed packages, with
e-mail: 200 modules and 7 MB that nobody asks for here. Those are let wait, and its asyncio side,
which it makes where it finds greenlet, is left out.
"""

from connexion_desktop.data import later

later.wait("asyncio", "importlib.metadata", "sqlalchemy.dialects.sqlite.aiosqlite")
later.hide("greenlet")
