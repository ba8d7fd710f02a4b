"""Runs a command of lttng-analyses about periods.

Its grammar gives the name of the period around another one in a way that newer versions of pyparsing
do not take: here it is put into a group of its own.
"""
import sys

import pyparsing as pp
from lttnganalyses.cli import period_parsing as parsing

around = pp.Group(pp.Literal("(") + parsing._identifier + ")")
parsing._period_info = pp.Group(
    parsing._identifier.setResultsName("name")
    + pp.Optional(around.setResultsName("parent-name"))
).setResultsName("period-info")
parsing._period_def = (
    pp.Optional(parsing._period_info)
    + ":"
    + parsing._expr.setResultsName("begin-expr")
    + pp.Optional(pp.Literal(":") + parsing._expr.setResultsName("end-expr"))
)

from lttnganalyses.cli import periods  # reads the grammar when it is imported

sys.exit(getattr(periods, sys.argv.pop(1))())
