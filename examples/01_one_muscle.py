"""One psoas major, no skeleton: fully excited for 0.4 s at a fixed length, then let go. Prints activation, fibre length
and tendon force. Activation and fibre length are the state; Dormand and Prince's method integrates them."""
import sys

from psoas import forward, muscle, usable


def path(t):
    return 0.295, 0.0  # length [m], rate [m/s]


on = muscle.Contraction(muscle.psoas_major(), lambda t: 1.0, path)
off = muscle.Contraction(muscle.psoas_major(), lambda t: 0.02, path)
x, status = on.equilibrium(0.02, 0.0)
if not usable(status):
    sys.exit(4)
options = forward.AdaptiveOptions(output_step=0.05)
for hip, start, end in ((on, 0.0, 0.4), (off, 0.4, 1.0)):
    result = forward.integrate_adaptive(lambda x, t, left: hip(x, t), x, start, end, options=options)
    for t, x in zip(result.time, result.state):
        print(f"{t:.2f} s  {x[0]:.3f}  {x[1]:.4f}  {on.instant(x, t).tendon_force:7.1f} N")
