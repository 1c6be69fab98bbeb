"""Judges questions by moto's evaluation of IAM policies, which looks at effect, action and resource, and at no condition.

stdin: [{"policies": [<document>, ...], "action", "resource"}]
stdout: [true, false, ...]: whether it is allowed
"""

import json
import sys

from moto.iam.access_control import IAMPolicy, PermissionResult


def is_allowed(question):
    results = [
        IAMPolicy(document).is_action_permitted(question["action"], question["resource"])
        for document in question["policies"]
    ]
    return PermissionResult.DENIED not in results and PermissionResult.PERMITTED in results


print(json.dumps([is_allowed(question) for question in json.load(sys.stdin)]))
