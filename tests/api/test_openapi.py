"""The document that other systems build on: whole, true to its own examples, and its examples true to the product."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import validate

from api.describing import EXAMPLES, TAGS
from api.main import create_app
from assistant.settings import Settings
from tests.api.examples import record
from tests.served_office import served_office

Json = dict[str, Any]
REDIRECTS = {"go_to_provider", "come_back"}
"""They answer with an address to go to; there is nothing to show."""
STREAMS = {"review_file": {"text/event-stream"}}
"""Media that an operation answers with besides its JSON, when asked to."""
COMMON = {"401", "403", "422", "429", "503"}


@pytest.fixture(scope="module")
def document() -> Json:
    return create_app(Settings(_env_file=None)).openapi()


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, held in document["paths"].items():
        for method, operation in held.items():
            yield path, method, operation


def _check(document: Json, schema: Json, value: object) -> list[str]:
    whole = {**schema, "components": document["components"]}
    errors = OAS31Validator(whole, format_checker=oas31_format_checker).iter_errors(value)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def test_it_is_valid_openapi(document: Json) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_operation_says_what_it_is_and_who_may(document: Json) -> None:
    lacking = []
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names) > 90
    for path, method, operation in operations(document):
        summary = operation.get("summary", "")
        if not summary or summary.isascii():
            lacking.append(f"{method} {path}: summary in Chinese (`summary=` of its route)")
        if not operation.get("description"):
            lacking.append(f"{method} {path}: description (the docstring of its function)")
        if not set(operation.get("tags", [])) & TAGS.keys():
            lacking.append(f"{method} {path}: a tag of api/describing.py")
        if "security" not in operation:
            lacking.append(f"{method} {path}: security")
    assert lacking == []


def test_every_refusal_is_a_problem_document(document: Json) -> None:
    lacking = []
    for path, method, operation in operations(document):
        refused = {status: said for status, said in operation["responses"].items() if status >= "400"}
        for status, said in refused.items():
            if said != {"$ref": f"#/components/responses/Problem{status}"}:
                lacking.append(f"{method} {path}: {status} is no problem document")
        if operation["security"] and path.startswith("/api") and not refused.keys() >= COMMON:
            lacking.append(f"{method} {path}: {sorted(COMMON - refused.keys())}")
        if "requestBody" in operation and not refused.keys() >= {"408", "413", "422"}:
            lacking.append(f"{method} {path}: 408, 413, 422")
    assert lacking == []
    for name, said in document["components"]["responses"].items():
        assert list(said["content"]) == ["application/problem+json"], name
        example = said["content"]["application/problem+json"]["example"]
        assert f"Problem{example['status']}" == name
        assert _check(document, {"$ref": "#/components/schemas/Problem"}, example) == []


def test_every_operation_has_examples_that_fit_their_schemas(document: Json) -> None:
    lacking = []
    for path, method, operation in operations(document):
        where, name = f"{method} {path}", operation["operationId"]
        for parameter in operation.get("parameters", []):
            if parameter["required"] and "example" not in parameter:
                lacking.append(f"{where}: an example of {parameter['name']}")
            if "example" in parameter:
                wrong = _check(document, parameter["schema"], parameter["example"])
                lacking += [f"{where} {parameter['name']}: {said}" for said in wrong]
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if "example" not in content:
                lacking.append(f"{where}: an example of its body ({kind})")
            else:
                wrong = _check(document, content["schema"], content["example"])
                lacking += [f"{where} body {said}" for said in wrong]
        for status, said in operation["responses"].items():
            if status >= "400" or name in REDIRECTS:
                continue
            for kind, content in said.get("content", {}).items():
                if content["schema"].get("format") == "binary" or kind in STREAMS.get(name, ()):
                    continue
                if "example" not in content:
                    lacking.append(f"{where}: an example of its answer ({status}, {kind})")
                else:
                    wrong = _check(document, content["schema"], content["example"])
                    lacking += [f"{where} {status} {said}" for said in wrong]
    assert lacking == [], "write it down with: python -m tests.api.examples"


def test_the_examples_hold_no_secret_and_no_place_of_a_machine() -> None:
    text = EXAMPLES.read_text(encoding="utf-8")
    for word in ("/tmp", "/work", "/home", "芦苇荡", "Bearer "):
        assert word not in text
    held = json.loads(text)["operations"]
    assert held["create_token"]["answers"]["application/json"]["text"].endswith("（只显示这一次）")


def test_the_product_still_answers_as_its_examples_do(tmp_path: Path) -> None:
    """The same requests, put to a real server: the same statuses and media, and answers of the same fields."""
    kept = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    with served_office(tmp_path / "home") as served:
        made = record(served, tmp_path)
    stale = []
    for name, now in made["operations"].items():
        held = kept["operations"].get(name, {})
        if (now["status"], list(now["answers"])) != (held.get("status"), list(held.get("answers", ()))):
            stale.append(f"{name}: another status or media")
        for kind, answer in now["answers"].items():
            if _fields(answer) != _fields(held["answers"][kind]):
                stale.append(f"{name}: other fields than in its example")
    assert made["operations"].keys() == kept["operations"].keys()
    assert stale == [], "write them anew with: python -m tests.api.examples"
    assert all(kept["problems"][status] == said for status, said in made["problems"].items())


def _fields(answer: object) -> object:
    """The names at the head of an answer: values come and go with the day and the knowledge."""
    if isinstance(answer, list):
        return _fields(answer[0]) if answer else None
    return set(answer) if isinstance(answer, dict) else None
