"""What a notebook shows of an answer: the map with its table, self-contained, escaped, without scripts or a network."""

from hashlib import sha256
from html import escape

from wayout.publish.map_frame import Canvas
from wayout.publish.ways.map import draw_ways
from wayout.publish.ways.parts import barrier_lines, scoped_style
from wayout.publish.ways.table import (
    WayLine,
    change_lines,
    first_to_find_out,
    headings,
    method_line,
    one_line,
    question_line,
    way_lines,
)
from wayout.publish.ways.told import ToldWays

SCOPE = ".wayout-ways"
_LAYOUT = """
.wayout-ways{background:var(--paper);color:var(--ink);font:14px/1.5 var(--sans);max-width:60rem;padding:.9rem 1rem;border:1px solid var(--rule);border-radius:6px}
.wayout-ways p{margin:0 0 .5rem;color:var(--ink)}
.wayout-ways .asked-line{font-weight:700}
.wayout-ways .soft{color:var(--soft);font-size:12.5px}
.wayout-ways svg.map{display:block;width:100%;height:auto;border:1px solid var(--rule)}
.wayout-ways .wide-table{overflow-x:auto;margin:.7rem 0}
.wayout-ways table{border-collapse:collapse;width:100%;background:transparent;color:var(--ink);font-size:13px;margin:0}
.wayout-ways caption{text-align:left;color:var(--soft);padding:.2rem 0}
.wayout-ways th,.wayout-ways td{text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-top:1px solid var(--rule);background:transparent;color:var(--ink);white-space:normal}
.wayout-ways thead th{color:var(--soft);font-weight:600}
.wayout-ways .number{font-variant-numeric:tabular-nums;white-space:nowrap}
.wayout-ways .bar{display:block;width:5rem;height:6px;margin-top:3px}
.wayout-ways .remark{border-left:3px solid var(--markline);padding-left:.7rem}
.wayout-ways .remark,.wayout-ways p{overflow-wrap:anywhere}
.wayout-ways td,.wayout-ways th{overflow-wrap:break-word}
"""


def ways_widget(told: ToldWays) -> str:
    """
    Make the HTML that a notebook shows.

    Parameters
    ----------
    told
        An answer.

    Returns
    -------
    html
        One ``<div>`` with its own styles; the ids of its drawing come from its content, so that several stand on one page.
    """
    lines, barriers = way_lines(told), barrier_lines(told)
    content = repr((told.made_by, told.changes, [line.cells() for line in lines], barriers))
    prefix = f"wayout-{sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
    svg, _ = draw_ways(told, Canvas(prefix=prefix, width=820.0, low=0.5, high=0.75))
    said = [f'<p class="asked-line">{_text(question_line(told))}</p>']
    if told.title:
        said.insert(0, f'<p class="soft">{_text(told.title)}</p>')
    said += [f"<p>{_text(line)}</p>" for line in change_lines(told)]
    first = first_to_find_out(told)
    said += [f"<p>{_text(first)}.</p>"] if first else []
    said += [f'<p class="remark">{_text(w)}</p>' for w in told.warnings]
    exits = _table("The ways", headings(told), [_exit_cells(line) for line in lines])
    blocked = [[b.number, b.name, b.kind, b.percent, b.delay, b.matters, b.worth] for b in barriers]
    columns = ("No.", "Barrier", "Kind", "P closed", "Delay", "Importance", "Worth finding out")
    table = (
        _table("Barriers, by their number on the map", columns, [_plain_cells(row) for row in blocked])
        if blocked
        else ""
    )
    foot = f'<p class="soft">{_text(method_line(told))}. Derived positions: no finer than 5 km.</p>'
    style = scoped_style(SCOPE) + _LAYOUT
    return f'<div class="{SCOPE[1:]}"><style>{style}</style>{"".join(said)}{svg}{exits}{table}{foot}</div>'


def _exit_cells(line: WayLine) -> str:
    cells = line.cells()
    bar = (
        '<svg class="bar reach" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="b-back" width="100" height="8"/><rect class="b-fill" width="{line.share}" height="8"/></svg>'
    )
    first = f'<th scope="row">{_text(cells[0])}</th><td class="number">{_text(cells[1])}{bar}</td>'
    return first + "".join(f"<td>{_text(cell)}</td>" for cell in cells[2:])


def _plain_cells(cells: list[str]) -> str:
    return f'<th scope="row">{_text(cells[0])}</th>' + "".join(f"<td>{_text(cell)}</td>" for cell in cells[1:])


def _table(caption: str, columns: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f'<th scope="col">{_text(column)}</th>' for column in columns)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<div class="wide-table" role="group" aria-label="{_text(caption)}" tabindex="0"><table><caption>{_text(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _text(words: str) -> str:
    return escape(one_line(words))
