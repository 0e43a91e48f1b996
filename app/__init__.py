"""Thi Đua. Piccolo looks this variable up when it is first imported, so it is set here."""

import os

os.environ.setdefault("PICCOLO_CONF", "app.piccolo_conf")
