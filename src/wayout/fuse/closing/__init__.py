"""What closes or opens a way: closures that claims speak of, and the ground they fall on."""
