"""/api/v1: the calls of programs, phones and kiosks; JSON in, JSON or a problem document out."""
