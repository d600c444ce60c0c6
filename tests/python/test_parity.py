"""Walks the public headers of C++ and the modules of Python: what one has, the other has under the same name."""
import ast
import os
import re
from pathlib import Path
from types import ModuleType

import psoas

INCLUDE = Path(os.environ["PSOAS_SOURCE_DIR"]) / "include" / "psoas"

#: Floors that are no door of their own in Python, and why.
LEFT_OUT_FOLDERS = {
    "spatial": "NumPy has vectors and matrices",
    "wrap": "paths are asked for whole: compute_paths()",
    "tissue": "discs and capsules are asked for whole: compute_passive()",
}
LEFT_OUT_HEADERS = {
    "core/butterworth": "smooth()", "core/cubic_spline": "Function", "core/dual": "templates on the scalar",
    "core/linear_solve": "NumPy", "core/quintic_spline": "smooth()", "core/random": "NumPy",
    "core/root_finding": "templates", "core/vector_loop": "loops of the compiler", "core/zero_phase": "smooth()",
    "core/nearest_name": "part of every message",
    "model/build_paths": "inside compile()", "model/build_tree": "inside compile()", "model/check": "inside compile()",
    "model/fault_collector": "inside compile()", "model/link_checker": "inside compile()",
    "model/mirror": "inside read_model()",
    "muscle/de_groote_fregly_curves": "DeGrooteFregly2016", "muscle/millard_curves": "Millard2012",
    "muscle/thelen_curves": "Thelen2003", "muscle/quintic_bezier": "Millard2012", "muscle/shapes": "files",
    "muscle/rigid_tendon_batch": "compute_strengths()", "muscle/rigid_tendon_unit": "compute_strengths()",
    "recruit/cholesky": "inside solve()", "recruit/dual_newton": "inside solve()", "recruit/kkt": "inside solve()",
    "recruit/dual_newton_search": "inside solve()", "recruit/response": "inside solve()",
    "recruit/build_program": "Recruitment.program",
    "forward/implicit_muscles": "inside integrate()", "forward/implicit_stepper": "inside integrate()",
    "forward/muscle_set": "inside integrate()", "forward/vector_step": "inside integrate()",
    "forward/fiber_balance": "inside integrate()", "forward/odeint": "Boost.Odeint is C++: integrate_adaptive()",
    "subject/factors": "inside personalize()", "scenario/expression": "inside assemble()",
    "scenario/excitation_table": "inside simulate()", "mechanics/opensim_strengths": "inside analyze()",
    "mechanics/band": "inside assemble()", "mechanics/forward_dynamics": "inside integrate()",
}
#: Names of headers that are in Python under another name, or part of something else.
ELSEWHERE = {
    "to_string": "str() and .name of the enums", "faults_in": "muscle.faults_in and SpecError",
    "RowMatX": "Table.values", "infinity": "math.inf", "not_a_number": "math.nan",
    "muscle_types": "MuscleType.__members__", "friction_edges": "constant of the library", "ground": "-1",
    "LoadKind": "names of the loads", "AnyMuscle": "MuscleTendonUnit", "AnyCurves": "make_curves()",
    "PathLength": "a pair (length, rate)", "ContractionState": "an array of two", "shortest_along_tendon": "constant",
    "prepare_opensim_frame": "analyze() with RecruitOptions.opensim", "recruit_as_opensim": "the same",
    "OpensimActuators": "arguments of opensim_actuators()", "touch_softness": "constant", "settled_speed": "constant",
    "foot_off": "constant", "TextSink": "ledger_csv() gives the text", "Closure": "text of the scenario",
    "ScenarioLoad": "text of the scenario", "ScenarioBand": "text of the scenario",
    "ScenarioPoint": "text of the scenario", "expression_values": "inside assemble()",
    "SignalPiece": "text of the simulation", "contact_pairs": "inside integrate()",
    "contact_force": "inside integrate()", "ContactPair": "inside integrate()", "range_moment": "inside integrate()",
    "frame_before": "pose_at()", "SmallSystem": "arguments of integrate_adaptive()",
    "FoundEvent": "events are C++ functions", "inertia_wrench": "inside compute_ledger()",
    "tendon_for": "MuscleTendonUnit.tendon", "length_outside_curve": "RigidTendonForce",
    "speed_outside_curve": "RigidTendonForce", "LevelSpec": "text of the model", "HipSpec": "text of the model",
    "PatchSpec": "text of the model", "LigamentSpec": "text of the model", "BushingSpec": "text of the model",
    "FrameSpec": "text of the model", "LigamentPoint": "inside compile()", "for_each_wrench": "compute_inertia()",
    "wrench_beyond": "compute_ledger()",
    "JointSpec": "text of the model", "AxisSpec": "text of the model", "SurfaceSpec": "text of the model",
    "ConditionSpec": "text of the model", "PathWrapSpec": "text of the model", "JointAxis": "inside compile()",
    "JointMotion": "inside compile()", "PathPoint": "inside compile()", "WrapSurface": "inside compile()",
    "PathWrap": "inside compile()", "Segment": "inside compile()", "BalancedTerm": "inside compile()",
    "CutTerm": "inside compile()", "ArmTerm": "inside compile()", "BalancedAxis": "inside compile()",
    "FiberCurves": "a concept", "Scalar": "a concept", "RigidTendonBatch": "compute_strengths()",
}
DECLARATION = re.compile(
    r"^(?=\S)(?:\[\[nodiscard\]\] |PSOAS_INLINE |inline |constexpr |friend )*"
    r"(?!using|namespace|template|return|static_assert|#|/)"
    r"[\w:<>,&*\s]+?[\s&*>]([a-z_]\w*)\(", re.M)
TYPE = re.compile(r"^(?:struct|class|enum class|enum) (\w+)\b(?!;)", re.M)
NAMESPACE = re.compile(r"^namespace ((?:\w|::)+) \{$", re.M)


def names_of(header):
    """(namespace, name) of everything that the header declares at the level of a public namespace."""
    text = header.read_text(encoding="utf-8")
    text = re.sub(r"//.*", "", text)
    pieces = NAMESPACE.split(text)[1:]
    for space, body in zip(pieces[::2], pieces[1::2]):
        if "detail" in space:
            continue
        for name in (*TYPE.findall(body), *DECLARATION.findall(body)):
            yield space.removeprefix("psoas").removeprefix("::"), name


def public_headers():
    for header in sorted(INCLUDE.rglob("*.hpp")):
        key = header.relative_to(INCLUDE).with_suffix("").as_posix()
        folder = key.split("/")[0]
        if "/" in key and "/impl/" not in key and "/detail/" not in key and folder not in LEFT_OUT_FOLDERS \
                and key not in LEFT_OUT_HEADERS:
            yield header


def test_python_has_what_cpp_has():
    missing, seen = [], 0
    for header in public_headers():
        for space, name in names_of(header):
            module = getattr(psoas, space, None) if space else psoas
            seen += 1
            if name not in ELSEWHERE and not hasattr(module, name):
                missing.append(f"{header.relative_to(INCLUDE)}: {space}::{name}")
    assert not missing, "\n".join(missing)
    assert seen > 250  # or the walk itself has gone blind


def test_cpp_has_what_python_has():
    text = "\n".join(header.read_text(encoding="utf-8") for header in INCLUDE.rglob("*.hpp"))
    own = {"Arms", "LoadLedger", "SavedOutcome", "arms", "load", "plot", "forward", "io", "muscle", "recruit",
           "catalog", "require_sound", "ValueSlope", "Transforms"}
    for module in (psoas, psoas.io, psoas.muscle, psoas.recruit, psoas.forward):
        for name in dir(module):
            if not name.startswith("_") and name not in own:
                assert re.search(rf"\b{name}\b", text), name


def test_stubs_say_what_the_module_has():
    """scripts/make_stubs.py writes them anew."""
    folder = Path(psoas.__file__).parent / "_psoas"
    for path in folder.glob("*.pyi"):
        module = psoas._psoas if path.stem == "__init__" else getattr(psoas._psoas, path.stem)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        stubs = {node.name: node for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
        own = {n for n in vars(module) if not n.startswith("__") and not isinstance(getattr(module, n), ModuleType)}
        assert set(stubs) == own, path.stem
        for name, node in stubs.items():
            if isinstance(node, ast.ClassDef):
                said = {s.name if hasattr(s, "name") else ast.unparse(s.target) for s in node.body
                        if isinstance(s, (ast.FunctionDef, ast.ClassDef, ast.AnnAssign))}
                has = {n for n in vars(getattr(module, name)) if not n.startswith("_") and n != "pass"}
                assert has <= said, (name, has - said)


def test_what_is_left_out_is_still_there():
    for key in LEFT_OUT_HEADERS:
        assert (INCLUDE / f"{key}.hpp").is_file(), key


def test_everything_says_what_it_is():
    silent = [f"{module.__name__}.{name}" for module in (psoas, psoas.io, psoas.muscle, psoas.recruit, psoas.forward)
              for name in dir(module) if not name.startswith("_") and not (getattr(module, name).__doc__ or "").strip()]
    assert not silent
