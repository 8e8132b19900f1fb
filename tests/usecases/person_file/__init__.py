"""The file of one person: header, band, feed, side, details."""
