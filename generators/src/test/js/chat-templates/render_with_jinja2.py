"""Renders cases read from standard input with Jinja2, set up as Hugging Face Transformers sets it up."""

import json
import sys
from datetime import datetime

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

NOW = datetime(2026, 2, 3, 4, 5, 6)


class Generation(jinja2.ext.Extension):
    """The tag `generation`, which marks what the assistant says and renders its body."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_render"), [], [], body).set_lineno(line)

    def _render(self, caller):
        return caller()


def raise_exception(message):
    raise jinja2.TemplateError(message)


def to_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def environment():
    env = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols]
    )
    env.filters["tojson"] = to_json
    env.globals["raise_exception"] = raise_exception
    env.globals["strftime_now"] = NOW.strftime
    return env


def render(env, case):
    try:
        return {"text": env.from_string(case["source"]).render(**case["variables"])}
    except Exception as error:  # Every failure is an answer: the case is about it.
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    env = environment()
    results = [render(env, case) for case in json.load(sys.stdin)]
    json.dump({"version": jinja2.__version__, "results": results}, sys.stdout)


main()
