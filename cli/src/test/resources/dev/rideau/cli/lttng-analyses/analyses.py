"""Runs commands of lttng-analyses side by side on one reading of a trace.

    analyses.py TRACE FOLDER COMMAND [OPTION...] [-- COMMAND [OPTION...]]...

What each command answers goes to FOLDER/COMMAND.json: a line for each row of its tables, with the
title of the table. Commands keep their own state: only the reading of the trace, which takes most of
their time, is shared.

The grammar of periods gives the name of the period around another one in a way that newer versions of
pyparsing do not take: here it is put into a group of its own.
"""
import contextlib
import io
import itertools
import json
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

# They read the grammar when they are imported.
from lttnganalyses.cli import cputop, irq, memtop, periods, sched, syscallstats
from lttnganalyses.cli.io import IoAnalysisCommand

COMMANDS = {
    "cputop": cputop.Cputop,
    "io": IoAnalysisCommand,
    "irq": irq.IrqAnalysisCommand,
    "memtop": memtop.Memtop,
    "period": periods.PeriodAnalysisCommand,
    "sched": sched.SchedAnalysisCommand,
    "syscallstats": syscallstats.SyscallsAnalysis,
}

MISSING = object()


class Remembering:
    """An event as the commands know it, whose fields are read from the trace once."""

    __slots__ = ("event", "name", "timestamp", "fields")

    def __init__(self, event):
        self.event = event
        self.name = event.name
        self.timestamp = event.timestamp
        self.fields = {}

    def get(self, name, default=None):
        value = self.fields.get(name, self)
        if value is self:
            value = self.fields[name] = self.event.get(name, MISSING)
        return default if value is MISSING else value

    def __contains__(self, name):
        return self.get(name, MISSING) is not MISSING

    def __getitem__(self, name):
        value = self.get(name, MISSING)
        if value is MISSING:
            raise KeyError(name)
        return value

    def __getattr__(self, name):
        return getattr(self.event, name)


def opened(name, options, trace):
    command = COMMANDS[name](mi_mode=True)
    # What it would validate by printing all of the trace: that nothing was lost.
    sys.argv = [name, "--skip-validation", *options, trace]
    command._parse_args()
    command._open_trace()
    command._create_analysis()
    command._pre_analysis()
    return command


def answer(command):
    command._analysis.end_analysis()
    with contextlib.redirect_stdout(io.StringIO()) as output:
        command._post_analysis()
    for table in json.loads(output.getvalue())["results"]:
        kind = table["class"]
        title = kind if isinstance(kind, str) else kind["title"]
        for row in table["data"]:
            yield {"title": title, "r": row}


def main(trace, folder, *words):
    groups = itertools.groupby(words, lambda word: word == "--")
    lines = [list(line) for is_between, line in groups if not is_between]
    commands = {name: opened(name, options, trace) for name, *options in lines}
    is_first = True
    for event in next(iter(commands.values()))._traces.events:
        event = Remembering(event)
        for command in commands.values():
            if is_first:
                command._analysis.begin_analysis(event)
            command._analysis.process_event(event)
            command._automaton.process_event(event)
        is_first = False
    for name, command in commands.items():
        with open(f"{folder}/{name}.json", "w") as file:
            for row in answer(command):
                file.write(json.dumps(row) + "\n")


main(*sys.argv[1:])
