"""The main job: gather, read and keep many inputs, with workers, so that it can be stopped and taken up again.

Each input is fetched, parsed and read by a worker process; one process alone writes, one transaction a
document, in the order of the inputs. What a store has already seen is passed over before it is parsed. A
worker that dies takes down one input, not the run.
"""

from multivector._job._run import plan, run
from multivector._job._types import Done, Plan, Settings, Status

__all__ = ["Done", "Plan", "Settings", "Status", "plan", "run"]
