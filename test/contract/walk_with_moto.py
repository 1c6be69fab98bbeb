"""Walks paths through state machines in moto's interpreter, without its waits: functions answer from a script, and nothing is called.

stdin: [{"definition": {...}, "input": {...}, "answers": {"State": [{"returns" | "fails" | "token" | "refused" | "lost": ...}, ...]}}]
stdout: [{"status", "error", "entered": ["State", ...], "calls": [["State", <payload>], ...]}, ...]

The n-th call of a function gets its n-th answer, and later ones the last. A token is answered before its function has ended, or never.
"""

import functools
import io
import json
import logging
import sys
from types import SimpleNamespace

from moto.stepfunctions.parser.asl.component.common.retry import retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackEndpoint
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

ACCOUNT, REGION = "000000000000", "eu-central-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/walk"

# Every failed state is an error to it, with the whole state.
logging.disable(logging.CRITICAL)

retrier_decl.time = SimpleNamespace(sleep=lambda _: None)
WaitFunction._wait_interval = lambda *_, **__: None
CallbackEndpoint.wait = lambda endpoint, timeout=None: endpoint.get_outcome()
ExecutionWorker.start = ExecutionWorker._execution_logic
# A definition takes two seconds to parse, and all paths walk the same two.
AmazonStateLanguageParser.parse = staticmethod(functools.cache(AmazonStateLanguageParser.parse))


class Functions:
    def __init__(self, backend, answers):
        self.backend = backend
        self.answers = answers
        self.calls = []

    def invoke(self, FunctionName, Payload, **_):
        state = FunctionName.rsplit(":", 1)[-1]
        given = json.loads(Payload)
        script = self.answers[state]
        nth = sum(1 for called, _ in self.calls if called == state)
        self.calls.append((state, given))
        return self.answer(script[min(nth, len(script) - 1)], given)

    def answer(self, answer, given):
        if "fails" in answer:
            failure = {"errorType": answer["fails"], "errorMessage": "as the path says"}
            return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": body(failure)}
        if "token" in answer:
            self.backend.send_task_success(given["taskToken"], json.dumps(answer["token"]))
        if "refused" in answer:
            self.backend.send_task_failure(given["taskToken"], answer["refused"], "as the path says")
        return {"StatusCode": 200, "Payload": body(answer.get("returns", {}))}


def body(value):
    return io.BytesIO(json.dumps(value).encode())


def walk(number, path):
    backend = stepfunctions_parser_backends[ACCOUNT][REGION]
    functions = Functions(backend, path["answers"])
    lambda_eval_utils.boto_client_for = lambda **_: functions
    machine = backend.create_state_machine(f"walk-{number}", json.dumps(path["definition"]), ROLE)
    execution = backend.start_execution(machine.arn, f"walk-{number}", json.dumps(path["input"]))
    events = execution.to_history_output()["events"]
    entered = [event["stateEnteredEventDetails"]["name"] for event in events if "stateEnteredEventDetails" in event]
    return {"status": execution.status, "error": execution.error, "entered": entered, "calls": functions.calls}


print(json.dumps([walk(number, path) for number, path in enumerate(json.load(sys.stdin))]))
