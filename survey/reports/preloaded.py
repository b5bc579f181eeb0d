"""What the process that reports are forked from has loaded: the slow libraries, once. Imported nowhere else."""

import typst
import xlsxwriter

from survey.reports import canvas

__all__ = ["canvas", "typst", "xlsxwriter"]

canvas.library()
