"""Files attached to what a page shows: listed, looked at, named, brought in and given back."""
