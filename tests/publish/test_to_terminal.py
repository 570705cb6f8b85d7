"""The table of ways on a terminal is plain, ordered, and cannot be bent by what reports contain."""

import io
from dataclasses import replace

from rich.console import Console

from wayout.publish.to_terminal import HEADINGS, print_exits, way_rows, ways_table, ways_text


def test_reported_ways_come_first_with_word_and_figure(findings):
    first = way_rows(findings)[0]
    assert (first.way, first.likelihood, first.p, first.basis) == ("south", "likely", "67%", "reported")


def test_an_unreported_way_has_no_likelihood_word(findings):
    west = next(r for r in way_rows(findings) if r.way == "west")
    assert (west.likelihood, west.basis) == ("-", "stated prior")


def test_a_way_that_is_never_reached_says_so(findings):
    assert next(r for r in way_rows(findings) if r.way == "north").median == "not reached"


def test_plain_rows_have_a_column_per_heading(findings):
    lines = ways_text(findings).splitlines()
    assert {len(line.split("\t")) for line in lines} == {len(HEADINGS)}
    assert len(lines) == len(findings.reach.exits) + 1


def test_markup_and_escapes_in_names_stay_text(findings):
    exits = (replace(findings.reach.exits[0], name="[red]south\x1b[31m\n"), *findings.reach.exits[1:])
    bent = replace(findings, reach=replace(findings.reach, exits=exits))
    console = Console(width=200, no_color=True, record=True, force_terminal=False, file=io.StringIO())
    console.print(ways_table(bent))
    shown = console.export_text()
    assert "[red]south" in shown
    assert "\x1b" not in shown


def test_a_pipe_gets_rows_and_a_terminal_a_table(findings):
    piped, shown = io.StringIO(), io.StringIO()
    print_exits(findings, Console(file=piped, width=40))
    print_exits(findings, Console(file=shown, width=160, force_terminal=True, color_system=None))
    assert piped.getvalue() == ways_text(findings)
    assert "South Sudan" in shown.getvalue()
    assert "\t" not in shown.getvalue()
