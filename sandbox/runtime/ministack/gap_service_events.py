"""Gap in MiniStack 1.5.33: nobody can put an event of an AWS service on a bus.

On AWS a rule in another account forwards such an event as it is, with the account and the region that it is of; PutEvents refuses it.
The organization model asks for that by an operation that AWS does not have.
"""

import json

from ministack.core.responses import json_response, new_uuid
from ministack.services import eventbridge


def fill():
    eventbridge.handle_request = with_forwarding(eventbridge.handle_request)


def with_forwarding(handle_request):
    async def handle(method, path, headers, body, query_params):
        if not headers.get("x-amz-target", "").endswith(".ForwardServiceEvent"):
            return await handle_request(method, path, headers, body, query_params)
        forward(**json.loads(body))
        return json_response({})

    return handle


def forward(bus, event):
    record = {
        "EventId": new_uuid(),
        "EventBusName": bus,
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Account": event["account"],
        "Region": event["region"],
        "Resources": event["resources"],
        "Time": int(eventbridge._now_ts()),
    }
    eventbridge._dispatch_event(record)
