"""Keep files and functions small: DESIGN's budgets, checked."""

import ast
import statistics
import sys
from pathlib import Path

MAX_FILE = 500
MAX_MEDIAN = 150
MAX_BODY = 60
MAX_PARAMETERS = 6
PIPELINE_MAX = 120
REASON = "# long:"
"""A function over the body budget says why on its `def` line: `# long: ...`."""


def main() -> int:
    """Report every file or function over budget."""
    root = Path(__file__).resolve().parents[1] / "src" / "wayout"
    problems: list[str] = []
    lengths = []
    for path in sorted(root.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        lengths.append(len(lines))
        limit = PIPELINE_MAX if path == root / "pipeline.py" else MAX_FILE
        if len(lines) > limit:
            problems.append(f"{path}: {len(lines)} lines; the limit is {limit}: split by idea")
        problems += [f"{path}:{p}" for p in _functions_over(ast.parse(source), lines, path.parent.name == "cli")]
    median = statistics.median(lengths)
    if median > MAX_MEDIAN:
        problems.append(f"median file has {median} lines; the limit is {MAX_MEDIAN}")
    print(
        "\n".join(problems) or f"budgets kept: {len(lengths)} files, median {median:.0f} lines, longest {max(lengths)}"
    )
    return 1 if problems else 0


def _functions_over(tree: ast.AST, lines: list[str], commands: bool) -> list[str]:
    problems = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        body = node.body[1:] if ast.get_docstring(node) else node.body
        if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > MAX_BODY and REASON not in lines[node.lineno - 1]:
            problems.append(f"{node.lineno}: {node.name} has a body over {MAX_BODY} lines")
        a = node.args
        count = len([x for x in (*a.posonlyargs, *a.args, *a.kwonlyargs) if x.arg not in ("self", "cls")])
        # A command declares one parameter an option; a decorated kernel is handed its arrays one by one.
        exempt = commands or node.decorator_list or REASON in lines[node.lineno - 1]
        if count > MAX_PARAMETERS and not exempt:
            problems.append(
                f"{node.lineno}: {node.name} takes {count} parameters; use an options record over {MAX_PARAMETERS}"
            )
    return problems


if __name__ == "__main__":
    sys.exit(main())
