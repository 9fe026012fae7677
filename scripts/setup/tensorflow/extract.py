"""Takes TensorFlow's C library, and the headers that its C interface includes, out of a Python wheel.

    python extract.py WHEEL FOLDER

writes FOLDER/lib and FOLDER/include; the library's symbols are stripped (565 to 413 MB) where binutils is there.
"""

import os
import re
import shutil
import subprocess
import sys
import zipfile

LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"]
HEADERS = ["tensorflow/c/c_api.h", "tensorflow/c/eager/c_api.h", "tensorflow/core/platform/ctstring_internal.h"]


def copy(wheel, member, target):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with wheel.open(member) as source, open(target, "wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)


def extract_libraries(wheel, folder):
    for name in LIBRARIES:
        target = os.path.join(folder, "lib", name)
        copy(wheel, "tensorflow/" + name, target)
        if shutil.which("strip"):
            subprocess.run(["strip", "--strip-unneeded", target], check=False)


def extract_headers(wheel, folder):
    members = set(wheel.namelist())
    waiting, seen = list(HEADERS), set()
    while waiting:
        header = waiting.pop()
        member = "tensorflow/include/" + header
        if header in seen or member not in members:
            continue
        seen.add(header)
        target = os.path.join(folder, "include", header)
        copy(wheel, member, target)
        with open(target, encoding="utf-8") as text:
            waiting += re.findall(r'#include\s+"([^"]+)"', text.read())


def main(wheel_path, folder):
    with zipfile.ZipFile(wheel_path) as wheel:
        extract_libraries(wheel, folder)
        extract_headers(wheel, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
