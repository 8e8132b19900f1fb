"""How the names of tables end: all that the window needs before it reads one."""

EXCEL = (".xlsx", ".xlsm")
OPEN_DOCUMENT = (".ods", ".ots")
TEXT = (".csv", ".txt", ".tsv")
READ = EXCEL + OPEN_DOCUMENT + TEXT
OTHERS = (".xls", ".xlsb", ".fods", ".numbers", ".sxc", ".wk1", ".123")
"""Those of a spreadsheet that is not read, but told what to do."""
