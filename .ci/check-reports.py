"""Reads what `flowglass lint` writes with the parsers of those who read it: python check-reports.py FLOWGLASS [SARIF-SCHEMA]."""

import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

import jsonschema
import junitparser

flowglass, schemas = sys.argv[1], sys.argv[2:]
catalog = """services:
  주문: { publish: [주문.완려], description: "a\\tb ]]> <c> & 'd' %0A ::error::" }
  a: { publishes: [{ channel: t, awaits: { reply: 없는.채널 } }], subscribes: [t] }
topics:
  주문.완료: { broker: kafkaa }
  t: { broker: aws-sns }
"""


def report(name):
    with tempfile.NamedTemporaryFile("w", suffix=" '주문' & <b>.yaml", encoding="utf-8") as file:
        file.write(catalog)
        file.flush()
        run = subprocess.run([flowglass, "lint", file.name, "--format", name], capture_output=True, text=True)
        assert run.returncode == 1, (name, run.stderr)
        return run.stdout


findings = json.loads(report("json"))["findings"]
assert len(findings) > 5

sarif = json.loads(report("sarif"))
assert len(sarif["runs"][0]["results"]) == len(findings)
assert any("fixes" in result for result in sarif["runs"][0]["results"])
for schema in schemas:
    with open(schema, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.validators.validator_for(schema)(schema).validate(sarif)

suites = junitparser.JUnitXml.fromstring(report("junit").encode())
assert suites.tests == len(findings), (suites.tests, len(findings))
failed = sum(1 for suite in suites for case in suite if case.result)
assert failed == suites.failures == sum(1 for finding in findings if finding["severity"] != "info")

errors = tree.fromstring(report("checkstyle")).findall("./file/error")
assert [error.get("message").split("\n")[0] for error in errors] == [finding["message"] for finding in findings]

quality = json.loads(report("gitlab"))
assert len({finding["fingerprint"] for finding in quality}) == len(findings)
assert all(finding["location"]["lines"]["begin"] >= 1 for finding in quality)
assert len(report("github").splitlines()) == len(findings)
print(f"{len(findings)} findings read back in every format")
