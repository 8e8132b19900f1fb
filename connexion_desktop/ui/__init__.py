"""Qt, and only here.

Importing PySide6 replaces `builtins.__import__` by a slower one, which reads the source of every
module imported afterwards (for its `from __feature__ import …`, unused here). The plain one is put
back: it saves a third of the start. Undocumented, so guarded by a test; dropping these lines only
costs time.

Nor does Python search for garbage wherever it is: `garbage` says where, and why.
"""

import builtins
import gc

gc.disable()

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401 - the import that does it

builtins.__import__ = _plain_import
