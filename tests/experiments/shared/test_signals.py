"""What interrupts a command waits where it would hurt."""

import os
import signal
import subprocess
import sys

import pytest

from experiments.shared.signals import postponed

pytestmark = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals of POSIX")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_interrupts_waits_until_the_block_is_over(number: signal.Signals) -> None:
    before, come = signal.getsignal(number), []
    signal.signal(number, lambda *_: come.append("after"))
    try:
        with postponed():
            os.kill(os.getpid(), number)
            come.append("within")
        assert come == ["within", "after"]
        with postponed():
            pass
        assert come == ["within", "after"]
    finally:
        signal.signal(number, before)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()


def test_processes_that_the_block_starts_do_not_hear_of_ctrl_c() -> None:
    code = "import time; print(1, flush=True); time.sleep(20)"
    with postponed(), subprocess.Popen([sys.executable, "-S", "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.2)
        process.terminate()
        assert process.wait(10) == -signal.SIGTERM
