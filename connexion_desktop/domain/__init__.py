"""What the programme and the law are: frozen dataclasses and pure rules."""
