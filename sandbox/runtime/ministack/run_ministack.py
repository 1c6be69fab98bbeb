"""Runs MiniStack with its gaps filled, for as long as the process that started it lives.

Usage: run_ministack.py RUN_FOLDER, with standard input held open by the parent. When the parent ends, however it ends
(Ctrl-C, a crash, SIGKILL), the input closes: then MiniStack, its Lambda processes (one process group) and the folder go.
"""

import os
import shutil
import signal
import sys
import threading


def end_with_parent(run_folder):
    sys.stdin.buffer.read()
    shutil.rmtree(run_folder, ignore_errors=True)
    os.killpg(os.getpgid(0), signal.SIGKILL)


threading.Thread(target=end_with_parent, args=(sys.argv.pop(),), daemon=True).start()

import gap_callback  # noqa: E402 - the parent is watched from the first moment, importing MiniStack takes half a second
import gap_handler_error  # noqa: E402
import gap_redrive  # noqa: E402
import gap_service_events  # noqa: E402
from ministack.app import main  # noqa: E402

gap_handler_error.fill()
gap_redrive.fill()
gap_callback.fill()
gap_service_events.fill()
main()
