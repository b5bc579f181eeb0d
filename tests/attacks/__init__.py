"""What somebody tries who means harm: each attack with the test that it fails."""
