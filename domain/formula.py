"""Evaluates the arithmetic of a score as a spreadsheet would, so that a printed recomputation is one that was made."""

import ast
import operator
from collections.abc import Callable, Mapping
from math import log

Figures = Mapping[str, float | None]
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
FUNCTIONS: Mapping[str, Callable[..., float]] = {"MIN": min, "MAX": max, "LN": log}


def names_of(formula: str) -> tuple[str, ...]:
    """Return the names of the figures in a formula, in order; raise ``ValueError`` for what is no formula."""
    tree = parse(formula)
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called]
    return tuple(dict.fromkeys(node.id for node in sorted(named, key=lambda node: node.col_offset)))


def evaluate(formula: str, figures: Figures) -> float | None:
    """Return a formula's value; ``None`` where a figure is not known or a division has no case.

    Allowed are numbers, names, + - * /, brackets, MIN, MAX and LN; anything else raises ``ValueError``.
    """
    if any(figures.get(name) is None for name in names_of(formula)):
        return None
    try:
        return _value_of(parse(formula), figures)
    except ZeroDivisionError:
        return None


def parse(formula: str) -> ast.expr:
    """Parse a formula; raise ``ValueError`` for what is none."""
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"{formula!r} is no formula: {error.msg}") from error


def _value_of(node: ast.expr, figures: Figures) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        return float(figures[node.id] or 0.0)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value_of(node.operand, figures)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](_value_of(node.left, figures), _value_of(node.right, figures))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
        return FUNCTIONS[node.func.id](*(_value_of(argument, figures) for argument in node.args))
    raise ValueError(f"{ast.unparse(node)!r} is not allowed in a formula")


def with_figures(formula: str, figures: Figures) -> str:
    """Write a formula with its figures in the places of their names, at full precision."""
    tree = parse(formula)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and figures.get(node.id) is not None:
            node.id = f"{figures[node.id]!r}"
    return ast.unparse(tree)
