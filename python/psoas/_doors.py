"""The functions of the compiled module as they stand in the package: with messages in one sentence, and for pickle.

What pybind11 says to an argument of a wrong kind is the list of all signatures. Here it becomes the one argument that
is wrong, what it takes and what was given. A function of a compiled module does not travel to another process; one of
these does, by its name.
"""
from __future__ import annotations

import functools
import re
import types
from typing import Any, Callable, Iterator, NamedTuple

from . import _psoas

_REFUSED = re.compile(r"\w*\(\): incompatible (?:function|constructor) arguments\.")
_SIGNATURE = re.compile(r"^    \d+\. (?:[\w.]+)?\((.*)\)(?: -> .*)?$", re.M)
#: how pybind11 3 calls what pybind11 2 calls float and int
_NUMBERS = (("typing.SupportsFloat | typing.SupportsIndex", "float"), ("typing.SupportsInt | typing.SupportsIndex", "int"),
            ("typing.SupportsFloat", "float"), ("typing.SupportsInt", "int"), ("typing.SupportsIndex", "int"))
_OPTIONAL = re.compile(r"Optional\[(.*)\]|(.*) \| None")
_SPECIAL = ("__init__", "__getitem__", "__call__")
_PLAIN: dict[str, Any] = {"str": str, "bool": bool, "dict": dict, "tuple": tuple, "list": (list, tuple)}


class _Parameter(NamedTuple):
    name: str
    kind: str  #: as the signature says it
    optional: bool


def _parts(text: str) -> Iterator[str]:
    """What stands between the outer commas."""
    depth, start = 0, 0
    for i, letter in enumerate(text):
        depth += (letter in "([{<") - (letter in ")]}>" and text[i - 1 : i + 1] != "->")
        if letter == "," and depth == 0:
            yield text[start:i]
            start = i + 1
    if text[start:].strip():
        yield text[start:]


def _parameters(signature: str) -> list[_Parameter]:
    out = []
    for part in _parts(signature):
        declared, equals, _ = part.partition(" = ")
        name, _, kind = declared.strip().partition(": ")
        for long, short in _NUMBERS:
            kind = kind.replace(long, short)
        out.append(_Parameter(name, kind, bool(equals) or name.startswith("*")))
    return out


def _words(kind: str) -> str:
    """`a Model` for psoas._psoas.Model, `a sequence of TaskFrame` for a list of them."""
    listed = re.fullmatch(r"(?:List|list|Sequence|collections\.abc\.Sequence)\[(.*)\]", kind)
    if listed:
        return f"a sequence of {listed[1].rsplit('.', 1)[-1]}"
    optional = _OPTIONAL.fullmatch(kind)
    if optional:
        return f"{_words(optional[1] or optional[2])} or None"
    if kind in ("function", "Callable") or kind.startswith(("Callable[", "collections.abc.Callable")):
        return "a function"
    name = kind.rsplit(".", 1)[-1]
    if name in ("object", "Any", "handle"):
        return ""
    plain = {"str": "text", "float": "a number", "int": "a whole number", "bool": "True or False"}
    return plain.get(name, f"{'an' if name[:1] in 'AEIOU' else 'a'} {name}")


def _fits(value: Any, kind: str) -> bool | None:
    """None where it cannot be told."""
    if kind in _PLAIN:
        return isinstance(value, _PLAIN[kind])
    if kind == "float":
        return hasattr(type(value), "__float__") or hasattr(type(value), "__index__")
    if kind == "int":
        return hasattr(type(value), "__index__")
    optional = _OPTIONAL.fullmatch(kind)
    if optional:
        return True if value is None else _fits(value, optional[1] or optional[2])
    if _words(kind) == "a function":
        return callable(value)
    wanted: Any = _psoas
    for name in kind.removeprefix("psoas._psoas.").split("."):
        wanted = getattr(wanted, name, None)
    if isinstance(wanted, type):
        return isinstance(value, wanted)
    if kind.startswith(("List[", "list[", "Sequence[", "collections.abc.Sequence[")):
        inner = kind.partition("[")[2][:-1]
        if isinstance(value, (str, bytes)) or not hasattr(type(value), "__iter__"):
            return False
        return all(_fits(item, inner) is not False for item in value)
    return None


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 and "\n" not in text else f"an object of type {type(value).__name__}"


def _declared(parameter: _Parameter) -> str:
    words = _words(parameter.kind)
    return f"{parameter.name}: {words}" if words else parameter.name


def sentence(called: str, message: str, args: tuple[Any, ...], keywords: dict[str, Any]) -> str:
    """What is wrong with a call, from what pybind11 said to it."""
    forms = [_parameters(signature) for signature in _SIGNATURE.findall(message)]
    owned = bool(forms and forms[0]) and forms[0][0].name == "self"
    if owned:  # a method: its owner is not in question
        forms = [form[1:] for form in forms]
    if owned or "constructor" in message:
        args = args[1:]
    if not forms:
        return message
    fitting = [form for form in forms if len(args) <= len(form) and set(keywords) <= {p.name for p in form}]
    form = (fitting or forms)[0]
    if form and form[0].name == "**kwargs":
        return f"{called} takes keywords, the names of its fields"
    names = [p.name for p in form]
    given = dict(zip(names, args))
    for name in keywords:
        if name not in names:
            return f'{called} has no argument "{name}"' + _psoas._did_you_mean(name, names)
        if name in given:
            return f'{called}: "{name}" is given twice'
    given.update(keywords)
    if len(args) > len(names):
        return f"{called} takes {', '.join(names) or 'nothing'}, and nothing beyond"
    for parameter in form:
        if parameter.name not in given and not parameter.optional:
            words = _words(parameter.kind)
            return f"{called}: {parameter.name} is missing" + (f"; it takes {words}" if words else "")
    for parameter in form if len(forms) == 1 else ():
        if parameter.name in given and _fits(given[parameter.name], parameter.kind) is False:
            what = "" if parameter.name.startswith("arg") else f": {parameter.name}"
            return f"{called}{what} takes {_words(parameter.kind)}, got {_shown(given[parameter.name])}"
    wanted = " or ".join(f"({', '.join(_declared(p) for p in form)})" for form in forms)
    got = ", ".join([*map(_shown, args), *(f"{name}={_shown(value)}" for name, value in keywords.items())])
    return f"{called} takes {wanted}, got ({got})"


def door(function: Callable[..., Any], called: str) -> Callable[..., Any]:
    """The function, which names the argument that is wrong in one sentence."""

    @functools.wraps(function)
    def call(*args: Any, **keywords: Any) -> Any:
        try:
            return function(*args, **keywords)
        except TypeError as error:
            message = str(error)
            if not _REFUSED.match(message):
                raise
        raise TypeError(sentence(called, message, args, keywords))

    return call


def functions_of(module: Any, package: str) -> dict[str, Any]:
    """The public functions of a compiled module as doors of the package's module of that name."""
    out = {}
    for name, function in vars(module).items():
        if isinstance(function, types.BuiltinFunctionType) and not name.startswith("_"):
            out[name] = door(function, f"{name}()")
            out[name].__module__, out[name].__qualname__ = package, name
    return out


def open_class(kind: type) -> None:
    """Constructor, methods and settable attributes of a compiled class say in one sentence what they take."""
    for name, member in list(vars(kind).items()):
        if isinstance(member, property) and member.fset is not None:
            setter = door(member.fset, f"{kind.__name__}.{name}")
            setattr(kind, name, property(member.fget, setter, doc=member.__doc__))
        elif isinstance(member, staticmethod):
            setattr(kind, name, staticmethod(door(member.__func__, f"{kind.__name__}.{name}()")))
        elif type(member).__name__ == "instancemethod" and (not name.startswith("_") or name in _SPECIAL):
            called = kind.__name__ if name == "__init__" else f"{kind.__name__}.{name}"
            method = door(member, f"{called}()")
            method.__qualname__ = f"{kind.__name__}.{name}"
            setattr(kind, name, method)


def open_classes(module: Any) -> None:
    for kind in vars(module).values():
        if isinstance(kind, type) and not hasattr(kind, "__members__"):
            open_class(kind)
