"""Which numbers may be shown. Pages, files, pictures and calls all pass here; survey/docs/disclosure.md has the proof.

`lots` says which answers are released together, `groups` which lots a factor's or item's figures need together,
`company` which answers of a procedure may be told from their neighbours, `minimums` what is said of a cell.
"""

from survey.domain.disclosure.minimums import COMPLETE, Minimums, Note, Shown, show

__all__ = ["COMPLETE", "Minimums", "Note", "Shown", "show"]
