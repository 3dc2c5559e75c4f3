"""Import this before NumPy: everything then runs in one thread, on one processor."""

import os

os.environ |= {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NPROC": "1",  # so many processors XLA takes the machine to have
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
