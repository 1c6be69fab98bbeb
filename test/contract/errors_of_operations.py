"""Prints, as JSON, the errors that botocore's models list for the operations given on stdin.

stdin: [{"service": "organizations", "operation": "CloseAccount"}]
stdout: {"organizations:CloseAccount": {"AccessDeniedException": 400}}: by name the HTTP status. Where a service answers by another code than
the name of its shape (IAM, STS), both are listed.
"""

import json
import sys

import botocore.session

session = botocore.session.Session()
models = {}


def errors_of(service, operation):
    model = models.setdefault(service, session.get_service_model(service))
    found = {}
    for shape in model.operation_model(operation).error_shapes:
        error = shape.metadata.get("error", {})
        status = error.get("httpStatusCode", 500 if shape.metadata.get("fault") else 400)
        found[shape.name] = found[error.get("code", shape.name)] = status
    return dict(sorted(found.items()))


calls = json.load(sys.stdin)
print(json.dumps({f"{call['service']}:{call['operation']}": errors_of(**call) for call in calls}, indent=2))
