"""Where things stay: the encrypted file, its models, audit and backups.

SQLAlchemy imports asyncio, with TLS and subprocesses, and the lists of installed packages, with
e-mail; stdnum, which checks a SIRET, imports TLS and the reader of documentation. Nobody asks for
any of it here: it is let wait, and SQLAlchemy's asyncio side, which it makes where it finds
greenlet, is left out.
"""

from connexion_desktop.data import later

later.wait("asyncio", "importlib.metadata", "pydoc", "sqlalchemy.dialects.sqlite.aiosqlite", "ssl")
later.hide("greenlet")
