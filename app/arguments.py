"""The command line's own words in Vietnamese: what `argparse` says of usage and of mistakes."""

from __future__ import annotations

import argparse

_WORDS = {
    "usage: ": "Cách dùng: ",
    "positional arguments": "Đối số",
    "options": "Tùy chọn",
    "show this help message and exit": "in hướng dẫn này rồi thoát",
    "%(prog)s: error: %(message)s\n": "%(prog)s: lỗi: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "không có %(value)r (chọn một trong: %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "giá trị không hợp lệ: %(value)r",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at least one argument": "cần ít nhất một giá trị đi kèm",
    "ambiguous option: %(option)s could match %(matches)s": (
        "%(option)s có thể là một trong: %(matches)s"
    ),
    "ignored explicit argument %r": "không nhận giá trị %r",
}


def speak_vietnamese() -> None:
    """`argparse` asks the gettext of the process, which reads nothing but compiled files."""
    argparse._ = lambda text: _WORDS.get(text, text)  # type: ignore[attr-defined]
