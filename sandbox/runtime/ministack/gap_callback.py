"""Gap in MiniStack 1.5.33: a callback task does not fail with its Lambda, keeps one token for all its tries, takes
an answer too late, and does not read TimeoutSecondsPath.

AWS fails the task at once when the function that was given the token fails, gives every try a token of its own, and answers
TaskTimedOut to a caller with a token that timed out, was used, or belongs to an execution that was stopped. A time-out from the
input is a poll interval, or a deadline for people: it is scaled as waits are.
"""

from ministack.core.responses import error_response_json
from ministack.services import stepfunctions as sfn
from patched_function import patch

NAME = "gap_callback.py"

# By token: the execution and its pass; forgotten with MiniStack itself.
owners = {}


def fill():
    patch(sfn, "_execute_task", [
        ("        # Each attempt sees its own $$.State.RetryCount.\n",
         '        if is_callback:\n            ctx["Task"] = {"Token": new_uuid()}\n            _issued(ctx["Task"]["Token"], execution)\n'),
        ('ctx["Task"]["Token"], state_def)', 'ctx["Task"]["Token"], _timed(state_def, raw_input))'),
    ], NAME)
    patch(sfn, "_invoke_with_callback", [
        ("        except _ExecutionError:\n            pass\n",
         "        except _ExecutionError:\n            if not evt.is_set():\n                _task_tokens.pop(token, None)\n                raise\n"),
    ], NAME)
    sfn._issued = issued
    sfn._timed = timed
    sfn._send_task_success = unless_late(sfn._send_task_success)
    sfn._send_task_failure = unless_late(sfn._send_task_failure)


def timed(state, given):
    if "TimeoutSecondsPath" not in state:
        return state
    return {**state, "TimeoutSeconds": sfn._resolve_path(state["TimeoutSecondsPath"], given) * sfn._SFN_WAIT_SCALE}


def issued(token, execution):
    owners[token] = (execution, execution.get("redriveCount", 0))


def unless_late(send):
    def answer(data):
        token = data.get("taskToken")
        if token in owners and not is_awaited(token):
            return error_response_json("TaskTimedOut", "Nobody waits for this token any more", 400)
        return send(data)

    return answer


def is_awaited(token):
    execution, count = owners[token]
    waiter = sfn._task_tokens.get(token)
    is_current = execution["status"] == "RUNNING" and execution.get("redriveCount", 0) == count
    return is_current and waiter is not None and not waiter["event"].is_set()
