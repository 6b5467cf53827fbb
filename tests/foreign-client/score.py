#!/usr/bin/python3
"""Scores one event from Python: a client that shares nothing with the service but the proto files.

    /usr/bin/python3 tests/foreign-client/score.py [--address HOST:PORT] [--timeout SECONDS] [EVENT.json]

Reads the proto3 JSON of one ScoreRequest (default: standard input), calls the service over h2c and prints
{"verdict": "VERDICT_...", "score": N}. Exit code: 0 answered, 2 bad input, 3 no answer.

Needs Debian's packages python3-grpcio, protobuf-compiler, protobuf-compiler-grpc and libprotobuf-dev. (Debian 12's
python3-grpc-tools carries protoc 3.5, which cannot read the optional fields of proto3.)
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import grpc
from google.protobuf import json_format

PROTO = pathlib.Path(__file__).resolve().parents[2] / "proto"


def generate(folder):
    """Generates messages and stubs from proto/ and makes them importable."""
    files = [str(path.relative_to(PROTO)) for path in sorted(PROTO.rglob("*.proto"))]
    plugin = shutil.which("grpc_python_plugin")
    if shutil.which("protoc") is None or plugin is None:
        sys.exit("score.py: apt-get install protobuf-compiler protobuf-compiler-grpc libprotobuf-dev")
    subprocess.run(
        ["protoc", "-I.", f"--python_out={folder}", f"--grpc_python_out={folder}",
         f"--plugin=protoc-gen-grpc_python={plugin}", *files],
        cwd=PROTO, check=True)
    sys.path.insert(0, folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="127.0.0.1:5080")
    parser.add_argument("--timeout", type=float, default=5, help="longest wait for the answer, in seconds")
    parser.add_argument("event", nargs="?", type=argparse.FileType(encoding="utf-8"), default=sys.stdin)
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        generate(folder)
        from kekestar.antifraud.v1 import antifraud_pb2, antifraud_pb2_grpc

        try:
            request = json_format.Parse(arguments.event.read(), antifraud_pb2.ScoreRequest())
        except json_format.ParseError:
            # The error's own text repeats the value, which may be an identifier.
            print("score.py: the event is not the JSON of a ScoreRequest", file=sys.stderr)
            return 2

        with grpc.insecure_channel(arguments.address) as channel:
            try:
                reply = antifraud_pb2_grpc.AntifraudStub(channel).Score(request, timeout=arguments.timeout)
            except grpc.RpcError as error:
                print(f"score.py: {error.code().name}: {error.details()}", file=sys.stderr)
                return 2 if error.code() == grpc.StatusCode.INVALID_ARGUMENT else 3

        verdict = antifraud_pb2.Verdict.Name(reply.verdict)
        print(json.dumps({"verdict": verdict, "score": reply.score}))
        return 0


if __name__ == "__main__":
    sys.exit(main())
