"""The rules: pure values and functions. No Flask, no SQL, no clock, no files, no sentences in any language."""
