"""The AWS command line, many times in one process: most of its time is the start.

Reads arguments, a JSON list in a line; answers each with a JSON line. Ends with its input.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

answers = sys.stdout
driver = create_clidriver()


def run(arguments):
    printed, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complaint):
        try:
            code = driver.main(arguments)
        except SystemExit as end:
            code = end.code
    return {"code": code, "printed": printed.getvalue(), "complaint": complaint.getvalue()}


print(json.dumps("ready"), file=answers, flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=answers, flush=True)
