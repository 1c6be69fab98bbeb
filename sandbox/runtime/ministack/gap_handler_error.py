"""Gap in MiniStack 1.5.33: whatever a Node handler throws reaches Step Functions as Runtime.HandlerError.

AWS reports the error's own name, so a retrier for RejectedError matches; here it never would, and States.ALL would try a
final rejection again. AWS also keeps the process after a handler's error; MiniStack kills it, which costs a cold start per
attempt. The worker is made to answer as Lambda's own Node runtime does (name, message and stack as `errorType`,
`errorMessage`, `trace`) in an ordinary answer, which keeps the process, and the answer is turned into an error here.
"""

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

MARK = "__handlerError__"

# What the worker writes when a handler rejects or calls back with an error (`err`), and when it throws at once (`e`).
REJECTS = 'status: "error", error: String(err.message || err), trace: err.stack || ""'
THROWS = 'status: "error", error: e.message, trace: e.stack'


def report(variable):
    return f"""status: "ok", result: {{ {MARK}: {variable} instanceof Error
        ? {{ errorType: {variable}.name, errorMessage: {variable}.message, trace: String({variable}.stack).split("\\n") }}
        : {{ errorType: typeof {variable}, errorMessage: String({variable}), trace: [] }} }}"""


def fill():
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    if script.count(REJECTS) != 1 or script.count(THROWS) != 1:
        raise SystemExit(
            "MiniStack's Node worker is not the one that gap_handler_error.py knows: "
            "install the version of sandbox/requirements.txt, or adapt the filler to the new one."
        )
    lambda_runtime._NODEJS_WORKER_SCRIPT = script.replace(REJECTS, report("err")).replace(THROWS, report("e"))
    execute = lambda_svc._execute_function_warm
    lambda_svc._execute_function_warm = lambda *arguments: as_error(execute(*arguments))


def as_error(answer):
    body = answer.get("body")
    if not (isinstance(body, dict) and MARK in body):
        return answer
    error = body[MARK]
    log = "\n".join(filter(None, [answer.get("log"), *error["trace"]]))
    return {**answer, "body": error, "error": True, "log": log}
