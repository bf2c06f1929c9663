"""Answers a load with onnxruntime-genai, greedily: genai.py MODEL generator|engine|wide-engine LOAD.json; prints one line of
JSON.

generator: static batches; all rows write until the longest answer of their batch has ended, and what a shorter one wrote
beyond its length is thrown away. engine: its Engine gets all requests at once and batches them itself, as many as the
model's folder says. wide-engine: as many as the load has rows.
The first prompts are answered before, briefly; that does not count.
"""
import json
import pathlib
import sys
import time

import numpy
import onnxruntime_genai as genai

folder, way, load_file = sys.argv[1:]
load = json.loads(pathlib.Path(load_file).read_text())
config = genai.Config(folder)
config.overlay(json.dumps({"model": {"decoder": {"session_options": {
    "intra_op_num_threads": load["threads"], "inter_op_num_threads": 1}}}}))
if way == "wide-engine":
    config.overlay(json.dumps({"engine": {"static_batching": {"max_batch_size": load["rows"]}}}))
model = genai.Model(config)
# What the prompts, which lack it, are filled up with on the right; the mask is computed from it.
PAD = json.loads((pathlib.Path(folder) / "genai_config.json").read_text())["model"]["pad_token_id"]


def static(prompts, lengths):
    """Answers of equal length to a batch of prompts."""
    longest = max(map(len, prompts))
    tokens = max(lengths)
    parameters = genai.GeneratorParams(model)
    parameters.set_search_options(
        do_sample=False, batch_size=len(prompts), max_length=longest + tokens, min_length=longest + tokens)
    generator = genai.Generator(model, parameters)
    generator.append_tokens(numpy.array([prompt + [PAD] * (longest - len(prompt)) for prompt in prompts], numpy.int32))
    steps = []
    for _ in range(tokens):
        generator.generate_next_token()
        steps.append(generator.get_next_tokens().copy())
    written = numpy.array(steps).T.tolist()
    return [row[:length] for row, length in zip(written, lengths)]


def generated(prompts, lengths):
    answers = []
    for first in range(0, len(prompts), load["rows"]):
        last = first + load["rows"]
        answers += static(prompts[first:last], lengths[first:last])
    return answers


ENGINE = genai.Engine(model) if way != "generator" else None


def engined(prompts, lengths):
    requests = {}
    for prompt, length in zip(prompts, lengths):
        request = ENGINE.create_request()
        options = genai.TurnOptions(request)
        options.set_do_sample(False)
        options.set_max_generated_tokens(length)
        options.set_min_generated_tokens(length)
        request.begin_turn(numpy.array(prompt, numpy.int32), options)
        requests[request] = []
    events = ENGINE.create_event_buffer(load["rows"])
    while ENGINE.has_pending_requests():
        for event in ENGINE.run(events):
            if event.flags & genai.EngineEventFlags.FAILED:
                raise RuntimeError(f"a request failed: {event.error_code}")
            if event.flags & genai.EngineEventFlags.TOKEN:
                requests[event.request].append(int(event.token))
            if event.flags & genai.EngineEventFlags.TURN_FINISHED:
                event.request.close()
    return list(requests.values())


answer = engined if ENGINE else generated
few = load["prompts"][:load["rows"]]
answer(few, [load["warmUpTokens"]] * len(few))
before, start = time.process_time(), time.perf_counter()
answers = answer(load["prompts"], load["tokens"])
used, seconds = time.process_time() - before, time.perf_counter() - start
assert [len(one) for one in answers] == load["tokens"], [len(one) for one in answers]
print(json.dumps({"cpuSeconds": used, "seconds": seconds, "counted": sum(load["tokens"]), "answers": answers}))
