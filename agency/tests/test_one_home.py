"""What has one home stays there: rounding, sums of money, the change of a status."""

import ast

from django.apps import apps

from agency.sql import MoneyField
from agency.tests.test_imports import module_name, source_files


def calls_in(tree: ast.AST):
    """(the name that is called, the call, the name of the call around it) of each call."""
    for outer in ast.walk(tree):
        for call in ast.iter_child_nodes(outer):
            if isinstance(call, ast.Call):
                yield name_of(call), call, name_of(outer)


def name_of(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def found(look) -> list[str]:
    """``module:line`` of what ``look`` yields of the tree of any module."""
    return [
        f"{module_name(file)}:{node.lineno}"
        for file in source_files()
        for node in look(module_name(file), ast.parse(file.read_text()))
    ]


def test_only_money_rounds():
    def look(module, tree):
        if module != "agency.money":
            yield from (call for name, call, _ in calls_in(tree) if name in {"quantize", "round"})

    assert found(look) == []


def test_a_sum_of_money_is_rounded_in_the_database():
    """SQLite adds decimals as floats: each sum passes ``cents()``."""
    fields = (field for model in apps.get_models() for field in model._meta.concrete_fields)
    money = {field.name for field in fields if isinstance(field, MoneyField)}

    def look(module, tree):
        for name, call, around in calls_in(tree):
            column = call.args[0] if call.args else None
            is_money = isinstance(column, ast.Constant) and column.value in money
            if name == "Sum" and is_money and around != "cents":
                yield call

    assert found(look) == []


def test_only_operations_change_a_status():
    def look(module, tree):
        if module.split(".")[-1] == "operations":
            return
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            yield from (
                one for one in targets if isinstance(one, ast.Attribute) and one.attr == "status"
            )

    assert found(look) == []
