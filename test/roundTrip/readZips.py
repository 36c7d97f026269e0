"""Reads zips with Python's zipfile, and prints the names and the SHA-256 of their files as one JSON text.

Takes the folder of the zips as its only argument.
"""
import hashlib
import json
import os
import sys
import zipfile


def read(path):
    try:
        with zipfile.ZipFile(path) as file:
            return [[info.filename, hashlib.sha256(file.read(info)).hexdigest()] for info in file.infolist()]
    except Exception as error:
        return repr(error)


folder = sys.argv[1]
names = sorted(name for name in os.listdir(folder) if name.endswith(".zip"))
json.dump({name: read(os.path.join(folder, name)) for name in names}, sys.stdout)
