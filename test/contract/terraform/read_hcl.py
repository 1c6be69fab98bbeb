"""Prints the modules in these folders, as python-hcl2 reads them."""

import json
import sys
from pathlib import Path

import hcl2

modules = {}
for folder in sys.argv[1:]:
    modules[folder] = {}
    for file in sorted(Path(folder).glob("*.tf")):
        with file.open(encoding="utf-8") as opened:
            modules[folder][file.name] = hcl2.load(opened)
print(json.dumps(modules))
