"""How code reads, by rules that can be checked line by line: what a colleague would ask to have changed.

Python only. Each kind of remark counts once, however often it occurs. Not covered: whether names say the right thing,
whether the structure fits the problem, and what the code does (`coding`).
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOST_LINES = 40  # of one function
MOST_NESTED = 5  # blocks within each other
_FEWEST_REPEATED = 3  # statements in a row
_MOST_LETTERS = 5  # variables of one letter beside counters, in one function
_COUNTERS = frozenset("i j k n m x y _".split())


@dataclass(frozen=True)
class Remark:
    """`line` counts from 1 in the code."""

    kind: str
    text: str
    line: int


def parsed(code: str) -> ast.Module | None:
    """None where the code is not Python."""
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def remarks(code: str) -> tuple[Remark, ...]:
    """What is to be remarked on, one of each kind, in the order of the lines. () for code that does not parse."""
    tree = parsed(code)
    if tree is None:
        return ()
    found: dict[str, Remark] = {}
    for check in _CHECKS:
        for remark in check(tree):
            found.setdefault(remark.kind, remark)
    for remark in _left_over_comments(code):
        found.setdefault(remark.kind, remark)
    return tuple(sorted(found.values(), key=lambda r: r.line))


def first_line(code: str) -> int:
    """The line of the first function or class, from 1; 1 where there is none."""
    tree = parsed(code)
    body = tree.body if tree else []
    return next((n.lineno for n in body if isinstance(n, ast.FunctionDef | ast.ClassDef)), 1)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))


def _long(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        length = (f.end_lineno or f.lineno) - f.lineno + 1
        if length > MOST_LINES:
            yield Remark("long function", f"`{f.name}` has {length} lines", f.lineno)


def _nested(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        for node, depth in _blocks(f, 0):
            if depth > MOST_NESTED:
                yield Remark("deep nesting", f"{depth} blocks within each other", node.lineno)


def _blocks(node: ast.AST, depth: int) -> Iterator[tuple[ast.stmt, int]]:
    for child in ast.iter_child_nodes(node):
        block = isinstance(child, ast.For | ast.While | ast.If | ast.With | ast.Try)
        chained = isinstance(node, ast.If) and child in node.orelse and isinstance(child, ast.If)  # elif
        inner = depth + (block and not chained)
        if block and isinstance(child, ast.stmt):
            yield child, inner
        yield from _blocks(child, inner)


def _letters(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        named = {n.id: n.lineno for n in ast.walk(f) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        letters = sorted((line, name) for name, line in named.items() if len(name) == 1 and name not in _COUNTERS)
        if len(letters) >= _MOST_LETTERS and len(letters) * 2 > len(named):
            listed = ", ".join(name for _, name in letters)
            yield Remark("one-letter names", f"most variables are single letters ({listed})", letters[0][0])


def _unused(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        stored: dict[str, int] = {}
        for node in ast.walk(f):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                stored |= {t.id: t.lineno for t in targets if isinstance(t, ast.Name) and t.id not in stored}
        shared = {name for n in ast.walk(f) if isinstance(n, ast.Nonlocal | ast.Global) for name in n.names}
        read = {n.id for n in ast.walk(f) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Store)}
        for name, line in stored.items():
            if name not in read and name not in shared and not name.startswith("_"):
                yield Remark("unused variable", f"`{name}` is set and never read", line)


def _unused_imports(tree: ast.Module) -> Iterator[Remark]:
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = (alias.asname or alias.name).split(".")[0]
                if name not in used and name != "*" and getattr(node, "module", "") != "__future__":
                    yield Remark("unused import", f"`{name}` is imported and never used", node.lineno)


def _printing(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        for n in ast.walk(f):
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "print":
                yield Remark("print left in", "a print for looking at values was left in", n.lineno)


def _bare_except(tree: ast.Module) -> Iterator[Remark]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or (
                isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
            )
            if broad and all(isinstance(s, ast.Pass | ast.Continue) for s in node.body):
                yield Remark("swallowed error", "every error is swallowed here", node.lineno)


def _shared_default(tree: ast.Module) -> Iterator[Remark]:
    for f in _functions(tree):
        for value in (*f.args.defaults, *f.args.kw_defaults):
            if isinstance(value, ast.List | ast.Dict | ast.Set):
                yield Remark("shared default", "a default that can change is shared by all calls", value.lineno)


def _roundabout(tree: ast.Module) -> Iterator[Remark]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and _returns_bool(node.body) and _returns_bool(node.orelse):
            yield Remark(
                "roundabout condition", "returns True or False where the condition itself would do", node.lineno
            )
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
            right = node.comparators[0]
            if isinstance(right, ast.Constant) and (right.value is None or isinstance(right.value, bool)):
                yield Remark("roundabout condition", f"compares with {right.value} by ==", node.lineno)


def _returns_bool(body: list[ast.stmt]) -> bool:
    only = body[0] if len(body) == 1 else None
    return isinstance(only, ast.Return) and isinstance(only.value, ast.Constant) and isinstance(only.value.value, bool)


def _repeated(tree: ast.Module) -> Iterator[Remark]:
    seen: Counter[str] = Counter()
    for node in ast.walk(tree):
        for body in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if not isinstance(body, list):
                continue
            for place in range(len(body) - _FEWEST_REPEATED + 1):
                run = body[place : place + _FEWEST_REPEATED]
                key = "\n".join(ast.dump(s) for s in run)
                seen[key] += 1
                if seen[key] == 2:
                    yield Remark("repeated lines", "the same lines stand here a second time", run[0].lineno)


def _left_over_comments(code: str) -> Iterator[Remark]:
    for number, line in enumerate(code.splitlines(), 1):
        text = line.strip()
        if not text.startswith("#"):
            continue
        tree = parsed(text.lstrip("# "))
        statement = tree.body[0] if tree and len(tree.body) == 1 else None
        if isinstance(statement, ast.Assign | ast.AugAssign | ast.Return) or (
            isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        ):
            yield Remark("code in a comment", "code that is commented out was left in", number)


_CHECKS: tuple[Callable[[ast.Module], Iterator[Remark]], ...] = (
    _long,
    _nested,
    _letters,
    _unused,
    _unused_imports,
    _printing,
    _bare_except,
    _shared_default,
    _roundabout,
    _repeated,
)
