"""The name under which a solution is called: where its only function has another one, it is called all the same.

Read from the code, without running it. Not covered: a name that the code makes up while it runs, and methods.
"""

import ast
import symtable
from dataclasses import dataclass

_TESTS = "test"  # how a test is named, which is no solution


@dataclass(frozen=True)
class Named:
    """The code as it is run. `note` says that a function of another name is called, `missing` why none can be."""

    code: str
    note: str = ""
    missing: str = ""


def named(code: str, expected: str) -> Named:
    """The code with the expected name for its only function.

    What is no Python stays as it is: running it says so, with the line.
    """
    try:
        tree = ast.parse(code)
        if binds(code, expected):
            return Named(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Named(code)
    functions = {n.name: None for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith(_TESTS)}
    if len(functions) != 1:
        return Named(code, missing=_missing(expected, list(functions)))
    (only,) = functions
    note = f"Your only function is called {only}; it was run as {expected}, the name that the problem gives."
    return Named(f"{code.rstrip()}\n\n{expected} = {only}\n", note)


def binds(code: str, name: str) -> bool:
    """Whether the top level gives the name to something: a function, an import, an assignment, in whatever block.

    Raises what parsing raises.
    """
    top = symtable.symtable(code, "solution.py", "exec")
    return name in top.get_identifiers() and (top.lookup(name).is_assigned() or top.lookup(name).is_imported())


def _missing(expected: str, functions: list[str]) -> str:
    """How the sentence goes on after "there is no function called two_sum"."""
    if not functions:
        return f"the code defines none at its top level; write `def {expected}(...)`"
    shown = ", ".join(functions[:3]) + (", ..." if len(functions) > 3 else "")
    return f"of {len(functions)} others ({shown}) it is not guessed which one is meant; rename that one"
