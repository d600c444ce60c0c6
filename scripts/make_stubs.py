"""Writes python/psoas/_psoas/*.pyi anew from the built module; run by hand when the bindings change.

    python3 -m venv /tmp/stubs && /tmp/stubs/bin/pip install numpy pybind11-stubgen
    PYTHONPATH=build/release/python /tmp/stubs/bin/python scripts/make_stubs.py

pybind11-stubgen reads the signatures; this makes them short and exact: no docstrings (the module has them), keyword
constructors from fields, array types, and the signatures of methods that are written in Python.
"""
import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psoas

TARGET = Path(__file__).resolve().parents[1] / "python" / "psoas" / "_psoas"
#: The compiled module without the package around it, whose doors hide the signatures.
BARE = """
import sys, types
sys.modules["psoas"] = types.ModuleType("psoas")
sys.modules["psoas"].__path__ = [sys.argv.pop(1)]
from pybind11_stubgen import main
main()
"""
ENUMS = ("Between", "ReactionFrame:io", "DataFile:io", "Tendon:muscle", "MuscleType:muscle")
#: What C++ cannot say of itself.
METHODS = {
    "Outcome.ledger": "def ledger(self, load: str = ..., at: str | float = ...) -> _ledger.LoadLedger: ...",
    "Outcome.plot": "def plot(self, *, load: str | None = ..., at: str | float = ..., percent: bool = ...) -> typing.Any: ...",
    "Outcome.save": "def save(self, folder: str | os.PathLike[str], force: bool = ...) -> pathlib.Path: ...",
    "Outcome.to_dataframe": "def to_dataframe(self) -> pandas.DataFrame: ...",
    "Outcome.to_xarray": "def to_xarray(self) -> xarray.Dataset: ...",
    "Table.to_dataframe": "def to_dataframe(self) -> pandas.DataFrame: ...",
    "Table.__getitem__": "def __getitem__(self, label: str) -> Array: ...",
    "Contraction.__init__": "def __init__(self, parameters: MuscleParameters, "
                            "excitation: typing.Callable[[float], float], "
                            "path: typing.Callable[[float], tuple[float, float]], tendon: Tendon = ..., "
                            "type: MuscleType = ...) -> None: ...",
    "Excitations.constant": "@staticmethod\ndef constant(value: npt.ArrayLike) -> Excitations: ...",
}
RETURNS = {
    "Outcome.summary": "dict[str, typing.Any]", "Outcome.node_force": "list[Array]",
    "ForwardReport.signals": "dict[str, Array]",
    "Kinematics.X_GB": "_types.Transforms", "Model.arm_row": "npt.NDArray[numpy.int32]",
    "Model.__repr__": "str", "Model._repr_html_": "str", "Scenario.__repr__": "str", "Scenario._repr_html_": "str",
    "Outcome.__repr__": "str", "Outcome._repr_html_": "str", "Keyframe.angles": "dict[str, str]",
    "Outcome.__copy__": "Outcome", "Outcome.__deepcopy__": "Outcome",
    "make_curves": "DeGrooteFregly2016 | Millard2012 | Thelen2003",
    "retarget": "_types.Imported", "motion_of": "_types.Imported", "read_motion": "_types.Imported",
    "read_motion_text": "_types.Imported", "read_external_loads": "_types.Imported",
    "read_external_loads_text": "_types.Imported", "bring_loads_to_feet": "tuple[list[MeasuredLoad], list[str]]",
    "Contraction.equilibrium": "tuple[Array, psoas._psoas.Status]",
}
#: Tuples of one kind of thing, by the property that gives them.
TUPLES = {
    "Model": dict(bodies="Body", coordinates="Coordinate", rows="Row", strands="Strand", groups="Group", levels="Level",
                  hips="Hip", patches="Patch", nodes="Node", strands_of="int"),
    "ModelSpec": dict(bodies="BodySpec", coordinates="CoordinateSpec", muscles="MuscleSpec", actuators="ActuatorSpec"),
    "MuscleSpec": dict(points="PointSpec"), "Group": dict(strands="int"),
    "StrandParameters": dict(type="muscle.MuscleType"),
    "Task": dict(planes="SupportPlane", frames="TaskFrame", phases="Phase", bands="Band", moved="Moved"),
    "TaskFrame": dict(supports="ActiveNode", loads="ExternalForce"), "Supports": dict(node="int", patch="int"),
    "Loads": dict(loads="Load"), "Ledger": dict(parts="Ledger.Part"), "JointReactions": dict(in_ground="Reaction"),
    "Outcome": dict(channels="Channel", gates="Gate", ledger_entries="LedgerEntry", frame_status="Status"),
    "Scenario": dict(parameters="ScenarioParameter", keyframes="Keyframe", phases="ScenarioPhase",
                     supports="ScenarioSupport", neighbours="Neighbour"),
    "Trajectory": dict(free="int", strands="int", events="RangeEvent", pushing="int", pose="Pose"),
    "Drive": dict(free="int"), "Function": dict(coefficients="float", knots_x="float", knots_y="float"),
    "SmoothOptions": dict(times="float"), "IntegrateOptions": dict(output_times="float"),
    "WriteOptions": dict(tables="psoas._psoas.NamedTable"),
}
ANY_CURVE_ARGUMENT = {"l", "v", "f", "lT"}
PATHS = {"name_or_path", "path", "folder"}


class Shorten(ast.NodeTransformer):
    """One pass over a stub; `scope` is the class in hand."""

    scope = ""

    def visit_ClassDef(self, node):
        outer, self.scope = self.scope, f"{self.scope}.{node.name}".strip(".")
        names = [s.target.id for s in node.body if isinstance(s, ast.AnnAssign)]
        if "__members__" in names:
            members = "\n".join(f"    {n}: typing.ClassVar[{self.scope}]" for n in names if n != "__members__")
            text = (f"class {node.name}:\n    __members__: typing.ClassVar[dict[str, {self.scope}]]\n{members}\n"
                    "    def __init__(self, value: int) -> None: ...\n    def __int__(self) -> int: ...\n"
                    "    @property\n    def name(self) -> str: ...\n    @property\n    def value(self) -> int: ...\n")
            node = ast.parse(text).body[0]
        else:
            fields = next((s for s in node.body if isinstance(s, (ast.Assign, ast.AnnAssign))
                           and "_fields" in ast.unparse(s).split(":")[0].split("=")[0]), None)
            kept = [s for s in node.body if not is_docstring(s) and s is not fields and not is_left_out(s)]
            node.body = [self.visit(s) for s in kept] or [ast.Expr(ast.Constant(...))]
            if fields is not None:
                self.keywords(node, ast.literal_eval(fields.value))
            node.body = attributes(node.body)
            if node.name == "Outcome":
                node.body.insert(0, ast.parse("_provenance: psoas._psoas.io.Provenance").body[0])
        self.scope = outer
        return node

    def keywords(self, node, names):
        """A constructor with the fields by name, each of the type that it may be set to."""
        kinds = {}
        for s in node.body:
            if isinstance(s, ast.FunctionDef) and any("setter" in ast.unparse(d) for d in s.decorator_list):
                kinds[s.name] = ast.unparse(s.args.args[1].annotation or ast.Name("typing.Any"))
            elif isinstance(s, ast.AnnAssign):
                kinds[s.target.id] = ast.unparse(s.annotation)
        text = ", ".join(f"{name}: {kinds.get(name, 'typing.Any')} = ..." for name in names)
        init = ast.parse(f"def __init__(self, *, {text}) -> None: ...").body[0]
        fields = ast.parse("_fields: typing.ClassVar[tuple[str, ...]]").body[0]
        others = [s for s in node.body if not (isinstance(s, ast.FunctionDef) and s.name == "__init__"
                                               and ast.unparse(s.args).endswith("**kwargs"))]
        more = [s for s in others if isinstance(s, ast.FunctionDef) and s.name == "__init__"]
        if more:  # a positional form beside it: both are overloads
            for s in (init, *more):
                if not s.decorator_list:
                    s.decorator_list = [ast.parse("typing.overload").body[0].value]
        node.body = [fields, init, *more, *(s for s in others if s not in more)]

    def visit_FunctionDef(self, node):
        key = f"{self.scope}.{node.name}".strip(".")
        if key in METHODS:
            return ast.parse(METHODS[key]).body[0]
        if node.name == "__eq__":
            return ast.parse("def __eq__(self, other: object) -> bool: ...").body[0]
        node.body = [ast.Expr(ast.Constant(...))]
        for argument in (*node.args.args, *node.args.kwonlyargs):
            if argument.annotation is not None:
                argument.annotation = self.argument(argument.arg, ast.unparse(argument.annotation))
        node.args.defaults = [ast.Constant(...) for _ in node.args.defaults]
        returned = ast.unparse(node.returns) if node.returns else "typing.Any"
        node.returns = parsed(RETURNS.get(key) or self.kind(node.name, returned))
        return node

    def visit_AnnAssign(self, node):
        if isinstance(node.target, ast.Name) and node.target.id == "__all__":
            return ast.Assign([node.target], node.value)
        node.annotation = parsed(self.kind("", ast.unparse(node.annotation)))
        return node

    def argument(self, name, kind):
        if name == "reference":
            return parsed("Outcome | None")
        if kind in ("object", "typing.Any") and name in PATHS:
            return parsed("str | os.PathLike[str]")
        if kind == "object" and self.scope and name in ANY_CURVE_ARGUMENT:
            return parsed("npt.ArrayLike")
        if kind == "object" and name not in ("other", "arg0", "memo"):
            typed = name == "value" and not self.scope or self.scope == "Override"  # a number or a word
            return parsed("typing.Any" if typed else "npt.ArrayLike")
        return parsed(self.kind("", kind))

    def kind(self, name, text):
        element = TUPLES.get(self.scope.split(".")[-1], {}).get(name)
        if element:
            return f"tuple[{element}, ...]"
        if text in ("tuple", "typing.Any", "object") and name.endswith("_names"):
            return "tuple[str, ...]"
        for long, short in (("numpy.ndarray[numpy.float64]", "Array"), ("numpy.ndarray", "Array"),
                            ("object", "typing.Any")):
            text = text.replace(long, short)
        text = re.sub(r"\b(\w+)\[\d+\]", r"\1", text)  # the size of an array
        text = "typing.Callable[..., typing.Any]" if text in ("typing.Callable", "collections.abc.Callable") else text
        return {"dict": "dict[typing.Any, typing.Any]", "tuple": "tuple[typing.Any, ...]"}.get(text, text)


def parsed(text):
    return ast.parse(text, mode="eval").body


def is_docstring(statement):
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant and statement.value.value is not ...


def is_left_out(statement):
    """What every class has, or no caller needs."""
    names = ("__getstate__", "__setstate__", "__hash__")
    return isinstance(statement, ast.FunctionDef) and statement.name in names or \
        isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) in names


def attributes(body):
    """A property that is set to what it gives is an attribute."""
    setters = {s.name: ast.unparse(s.args.args[1].annotation or ast.Name("typing.Any")) for s in body
               if isinstance(s, ast.FunctionDef) and any("setter" in ast.unparse(d) for d in s.decorator_list)}
    out = []
    for s in body:
        if isinstance(s, ast.FunctionDef) and s.decorator_list and s.name in setters:
            given = next(ast.unparse(g.returns) for g in body if isinstance(g, ast.FunctionDef) and g.name == s.name)
            if given == setters[s.name]:
                if not s.args.args[1:]:
                    out.append(ast.parse(f"{s.name}: {given}").body[0])
                continue
        out.append(s)
    return out


def short_text(path):
    # a keyword; there is pass_ as well
    text = re.sub(r"^ +pass: .*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    tree = Shorten().visit(ast.parse(text))
    tree.body = [s for s in tree.body if not is_docstring(s) and not isinstance(s, (ast.Import, ast.ImportFrom))]
    text = re.sub(r":\n +\.\.\.", ": ...", ast.unparse(ast.fix_missing_locations(tree)))
    text = text.replace("\n\n    ", "\n    ")
    head = ("# Made by scripts/make_stubs.py from the built module.\n"
            "import collections.abc\nimport os\nimport pathlib\nimport typing\n\nimport numpy\nimport numpy.typing as npt\nimport pandas\nimport xarray\n\nimport psoas\n"
            "from psoas import _ledger, _types\n")
    if path.name == "__init__.pyi":
        head += "from psoas._psoas import catalog, forward, io, muscle, recruit\n"
    return f"{head}\nArray = npt.NDArray[numpy.float64]\n\n{text}\n"


def main():
    with tempfile.TemporaryDirectory() as folder:
        locations = [f"--enum-class-locations={name.split(':')[0]}:" + ".".join(["psoas._psoas", *name.split(":")[1:]])
                     for name in ENUMS]
        subprocess.run([sys.executable, "-c", BARE, str(Path(psoas.__file__).parent), "psoas._psoas", "-o", folder,
                        *locations], check=True, stderr=subprocess.DEVNULL)
        TARGET.mkdir(exist_ok=True)
        for path in sorted(Path(folder, "psoas", "_psoas").glob("*.pyi")):
            (TARGET / path.name).write_text(short_text(path), encoding="utf-8")
            print(TARGET / path.name)


assert psoas.version()
main()
