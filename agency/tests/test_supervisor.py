"""What was started together ends together, and nothing is left running."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

# A parent with two children, one of which has started a child of its own. Each says its number.
PARENT = """
import sys
from pathlib import Path
from agency.supervisor import Stopped, Supervisor

SLEEPER = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
NESTED = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); {SLEEPER}"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
# Ends when it is told to, not before the others have started; its number comes with a minus.
MORTAL = (
    "import os, signal; signal.signal(signal.SIGUSR1, lambda *_: os._exit(3));"
    " print(-os.getpid(), flush=True); signal.pause()"
)
supervisor = Supervisor(Path.cwd(), grace=1)
try:
    for name in sys.argv[1:]:
        supervisor.start(name, [sys.executable, "-c", globals()[name]])
    print("%s ended with %s" % supervisor.watch(), flush=True)
except Stopped:
    print("stopped", flush=True)
finally:
    supervisor.stop()
"""


@pytest.fixture
def parent():
    """Start the parent with the named kinds of children; it answers them by process number."""
    started = []

    def start(*kinds, processes):
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, *kinds],
            stdout=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
        )
        started.append(process)
        return process, [int(process.stdout.readline()) for _ in range(processes)]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_children_and_grandchildren(parent, number):
    process, children = parent("SLEEPER", "NESTED", processes=3)
    process.send_signal(number)
    assert process.stdout.read() == "stopped\n"
    assert process.wait(15) == 0
    assert [pid for pid in children if is_running(pid)] == []


def test_a_child_that_ends_takes_the_others_with_it_and_is_named(parent):
    process, children = parent("SLEEPER", "MORTAL", processes=2)
    mortal, sleeper = sorted(children)
    os.kill(-mortal, signal.SIGUSR1)
    assert process.stdout.read() == "MORTAL ended with 3\n"
    process.wait(15)
    assert not is_running(sleeper)


def test_a_child_that_does_not_listen_is_ended_by_force(parent):
    process, [child] = parent("DEAF", processes=1)
    process.send_signal(signal.SIGTERM)
    process.wait(20)
    assert not is_running(child)


def test_children_end_even_when_their_parent_is_killed(parent):
    process, children = parent("SLEEPER", processes=1)
    watched = [os.pidfd_open(pid) for pid in children]
    process.kill()
    ended, _, _ = select.select(watched, [], [], 10)  # readable once the process has ended
    assert ended == watched
