"""Speed, measured as ratios within one run; a figure that falls short is printed as it is."""
