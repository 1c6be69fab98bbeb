"""Makes the calls given on stdin through botocore, AWS's own client, and prints what it read of each answer.

stdin: {"endpoint": ..., "calls": [{"service", "operation", "input", "accessKeyId", "region", "paginated"?}]}
stdout: [{"answer": ...}, or {"pages": [...]} where it is asked for all, or {"error": <code>, "status": <HTTP status>}]
"""

import json
import sys

import botocore.session
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.response import StreamingBody

task = json.load(sys.stdin)
session = botocore.session.Session()
clients = {}


def client_for(call):
    key = (call["service"], call["accessKeyId"], call["region"])
    if key not in clients:
        clients[key] = session.create_client(
            call["service"],
            region_name=call["region"],
            endpoint_url=task["endpoint"],
            aws_access_key_id=call["accessKeyId"],
            aws_secret_access_key="not-verified",
            # The server has to refuse malformed input by itself; botocore would not even send it.
            config=Config(retries={"max_attempts": 0}, parameter_validation=False),
        )
    return clients[key]


def plain(value):
    if isinstance(value, StreamingBody):
        return value.read().decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def make(call):
    if call.get("paginated"):
        paginator = client_for(call).get_paginator(xform_name(call["operation"]))
        return {"pages": list(paginator.paginate(**call["input"]))}
    try:
        answer = getattr(client_for(call), xform_name(call["operation"]))(**call["input"])
    except ClientError as error:
        metadata = error.response["ResponseMetadata"]
        return {"error": error.response["Error"]["Code"], "status": metadata["HTTPStatusCode"]}
    del answer["ResponseMetadata"]
    return {"answer": answer}


print(json.dumps([make(call) for call in task["calls"]], default=plain))
