"""What staff set up: points, kiosks, QR sheets, targets."""
