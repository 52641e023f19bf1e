"""Says which texts a JSON Schema takes.

Standard input: {"schema": SCHEMA, "texts": [YAML, ...]}. Standard output: one line a text, "valid", or the first error.
YAML is read as the catalog reads it: by its core schema, where a date is a text.
"""

import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema as far as catalogs need it: no dates, no `yes` and `on`."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", __import__("re").compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)

request = json.load(sys.stdin)
kind = jsonschema.validators.validator_for(request["schema"])
kind.check_schema(request["schema"])
validator = kind(request["schema"])
for text in request["texts"]:
    try:
        documents = [document for document in yaml.load_all(text, Loader) if document is not None]
    except yaml.YAMLError:
        print("not YAML")
        continue
    errors = [error for document in documents for error in validator.iter_errors(document)]
    print(f"{errors[0].json_path}: {errors[0].message[:200]!r}" if errors else "valid")
