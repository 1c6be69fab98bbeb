"""Gap in MiniStack 1.5.33: no RedriveExecution, and what a failed or stopped execution still does is not kept apart from it.

AWS goes on at the state that failed or was stopped, with the input that it had, for 14 days. In an inline Map, iterations that
had succeeded keep their results and each other one goes on at its own state. Four more things have to be so for that: a
stopped execution enters no further state (MiniStack lets a Map run to its end), its last function cannot turn ABORTED into
FAILED, a Map begins no iteration after one has failed, and an event tells how often its execution was redriven. Each redrive
is a pass of its own; a thread of an earlier one finds that it is over.
"""

import contextvars
import json
import threading
from datetime import datetime, timedelta, timezone

from ministack.core.responses import error_response_json, json_response, now_iso
from ministack.services import stepfunctions as sfn
from patched_function import patch

NAME = "gap_redrive.py"
REDRIVABLE = ("FAILED", "ABORTED", "TIMED_OUT")
PERIOD = timedelta(days=14)


def fill():
    patch(sfn, "_run_execution", [
        ('current_name = definition.get("StartAt")', 'current_name = _place(execution)[0] or definition.get("StartAt")'),
        ('            "StartTime": execution["startDate"],\n', '            "StartTime": execution["startDate"],\n            "RedriveCount": execution.get("redriveCount", 0),\n'),
        ('    try:\n        while current_name and execution["status"] == "RUNNING":\n',
         '    current_input = _place(execution)[1] if _place(execution)[0] else current_input\n'
         '    try:\n        while current_name and _goes_on(execution, ctx):\n'),
        ('        if execution["status"] == "RUNNING":\n', '        if _goes_on(execution, ctx):\n'),
        ('    except _ExecutionError as err:\n', '    except _ExecutionError as err:\n        if not _goes_on(execution, ctx): return\n'),
        ('    except Exception as exc:\n', '    except Exception as exc:\n        if not _goes_on(execution, ctx): return\n'),
    ], NAME)
    patch(sfn, "_run_map_items", [
        ("        try:\n            item_ctx =", "        if any(errors): return\n        try:\n            item_ctx ="),
    ], NAME)
    patch(sfn, "_run_sub_machine", [
        ('        state_type = state_def.get("Type")\n', '        state_type = state_def.get("Type")\n        _enter(execution, ctx, current_name, current_input)\n'),
    ], NAME)
    patch(sfn, "_emit_execution_status_event", [
        ('        "redriveCount": 0,\n        "redriveDate": None,\n',
         '        "redriveCount": execution.get("redriveCount", 0),\n        "redriveDate": execution.get("redriveDate"),\n'),
    ], NAME)
    sfn._place, sfn._goes_on, sfn._enter = place, goes_on, enter
    sfn._run_sub_machine = iteration(sfn._run_sub_machine)
    sfn._describe_execution = described(sfn._describe_execution)
    sfn.handle_request = with_redrive(sfn.handle_request)


def with_redrive(handle_request):
    async def handle(method, path, headers, body, query_params):
        if headers.get("x-amz-target", "").endswith(".RedriveExecution"):
            return sfn._finalize_response(redrive(json.loads(body)))
        return await handle_request(method, path, headers, body, query_params)

    return handle


def redrive(data):
    arn = data.get("executionArn")
    execution = sfn._executions.get(arn)
    if execution is None:
        return error_response_json("ExecutionDoesNotExist", f"Execution {arn} not found", 400)
    if not is_redrivable(execution):
        return error_response_json("ExecutionNotRedrivable", f"Execution {arn} is {execution['status']} and cannot be redriven", 400)
    execution["redrivenAt"] = last_place(execution)
    execution["resumed"] = execution.pop("iterations", {})
    execution.update(status="RUNNING", stopDate=None, output=None, redriveDate=now_iso())
    execution["redriveCount"] = execution.get("redriveCount", 0) + 1
    execution.pop("error", None)
    execution.pop("cause", None)
    sfn._add_event(execution, "ExecutionRedriven", {"executionRedrivenEventDetails": {"redriveCount": execution["redriveCount"]}})
    sfn._emit_execution_status_event(execution)
    threading.Thread(target=contextvars.copy_context().run, args=(sfn._run_execution, arn), daemon=True).start()
    return json_response({"redriveDate": execution["redriveDate"]})


def is_redrivable(execution):
    if execution["status"] not in REDRIVABLE:
        return False
    stopped = datetime.fromisoformat(execution["stopDate"].replace("Z", "+00:00"))
    return datetime.now(timezone.utc) - stopped <= PERIOD


def last_place(execution):
    for event in reversed(execution["events"]):
        entered = event.get("stateEnteredEventDetails")
        if entered:
            return entered["name"], json.loads(entered["input"])
    return None, None


def place(execution):
    return execution.get("redrivenAt", (None, None))


def goes_on(execution, ctx):
    return execution["status"] == "RUNNING" and execution.get("redriveCount", 0) == ctx["Execution"]["RedriveCount"]


def iteration(run_sub_machine):
    def run(states, start_at, input_data, execution, ctx):
        if "Map" not in ctx:
            return run_sub_machine(states, start_at, input_data, execution, ctx)
        key = (ctx["State"]["Name"], ctx["Map"]["Item"]["Index"])
        known = execution.get("resumed", {}).pop(key, {})
        if "output" not in known:
            ctx["Iteration"] = key
            known = {"output": run_sub_machine(
                states, known.get("state", start_at), known.get("input", input_data), execution, ctx)}
        if goes_on(execution, ctx):
            execution.setdefault("iterations", {})[key] = known
        return known["output"]

    return run


def enter(execution, ctx, state, given):
    if not goes_on(execution, ctx):
        raise sfn._ExecutionError("States.Runtime", "The execution was stopped.")
    if "Iteration" in ctx:
        execution.setdefault("iterations", {})[ctx["Iteration"]] = {"state": state, "input": given}


def described(describe_execution):
    def describe(data):
        answer = describe_execution(data)
        execution = sfn._executions.get(data.get("executionArn"))
        if execution is None:
            return answer
        status, headers, body = answer
        told = json.loads(body)
        told["redriveCount"] = execution.get("redriveCount", 0)
        told["redriveStatus"] = "REDRIVABLE" if is_redrivable(execution) else "NOT_REDRIVABLE"
        if "redriveDate" in execution:
            told["redriveDate"] = execution["redriveDate"]
        # An execution that failed in an earlier pass has kept nothing of it.
        if told["status"] == "RUNNING":
            told["stopDate"] = None
        return status, headers, json.dumps(told).encode()

    return describe
