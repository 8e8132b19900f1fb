"""Other people's tables: workbooks and separated text, clean, dirty and hostile."""
