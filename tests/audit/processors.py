"""Run notebooks and tests as on the plainest processor that NumPy supports.

NumPy chooses its kernels by what the processor can do, and the last digits
differ from kernel to kernel. Nothing that is stored may depend on them.
"""

import os
import subprocess
import sys

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

usable = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
print("switched off:", " ".join(usable) or "nothing, this processor is plain")
sys.exit(
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]],
        env=os.environ | {"NPY_DISABLE_CPU_FEATURES": " ".join(usable)},
    ).returncode
)
