"""Models as C++ source."""

import re
import shutil
import subprocess

import pytest
from tf2kit.tflite import c_array

CONTENT = bytes(range(256)) + b"TFL3"


def test_the_numbers_are_the_bytes_of_the_file(tmp_path):
    source, header = c_array.write(CONTENT, tmp_path / "Digits-v2.tflite")
    text = source.read_text()
    assert bytes(int(x, 16) for x in re.findall(r"0x([0-9a-f]{2}),", text)) == CONTENT
    assert "g_digits_v2_model_len = 260;" in text
    assert "extern const unsigned char g_digits_v2_model[];" in header.read_text()


@pytest.mark.parametrize(
    ("stem", "name"), [("digits", "g_digits_model"), ("2.x", "g_2_x_model"), ("ü", "g_model_model")]
)
def test_names_are_names_of_cpp(stem, name):
    assert c_array.identifier(stem) == name


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs a C++ compiler")
def test_a_compiler_takes_it_and_the_array_is_aligned(tmp_path):
    c_array.write(CONTENT, tmp_path / "m.tflite")
    (tmp_path / "main.cc").write_text(
        '#include "m.h"\n#include <cstdint>\nint main() {'
        " return (reinterpret_cast<std::uintptr_t>(g_m_model) % 16 || g_m_model_len != 260 || g_m_model[255] != 255); }\n"
    )
    subprocess.run(["g++", "-std=c++11", "main.cc", "m.cc", "-o", "m"], cwd=tmp_path, check=True)
    assert subprocess.run([tmp_path / "m"]).returncode == 0
