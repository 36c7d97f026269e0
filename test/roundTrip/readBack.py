"""Reads packages with Python's own csv, zipfile and json, and prints what stands in them as one JSON text.

Takes the folder of the packages as its only argument; each has a name that ends in .zip, .csv or .json.
"""
import csv
import hashlib
import io
import json
import os
import sys
import zipfile

csv.field_size_limit(10**9)


def cells_of_csv(data):
    """All rows of a CSV file, the header first."""
    text = io.StringIO(data.decode("utf-8", "strict"), newline="")
    return list(csv.reader(text, strict=True))


def cells_of_json(data):
    """A list of flat objects as rows, the names first; numbers keep their digits, nothing is a blank."""
    records = json.loads(data.decode("utf-8", "strict"), parse_int=str, parse_float=str)
    if not records:
        return []
    names = list(records[0])
    return [names] + [["" if record[name] is None else record[name] for name in names] for record in records]


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".json"):
        return {"cells": cells_of_json(data)}
    if path.endswith(".csv"):
        return {"cells": cells_of_csv(data)}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        broken = package.testzip()
        return {
            "broken": broken,
            "names": package.namelist(),
            "hashes": [hashlib.sha256(package.read(name)).hexdigest() for name in package.namelist()],
            "cells": cells_of_csv(package.read("data.csv")),
            "metadata": json.loads(package.read("metadata.json")),
        }


folder = sys.argv[1]
json.dump({name: read(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}, sys.stdout)
