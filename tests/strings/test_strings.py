"""The string checks themselves: each must be able to fail."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from jinja2 import TemplateSyntaxError

from tests.strings.bare import bare_texts
from tests.strings.catalogue import placeholders, problems, read, updated
from tests.strings.found import Text, texts


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    result = polib.POFile()
    result.extend(entries)
    return result


def text(message: str, plural: str | None = None, file: str = "app/a.py") -> Text:
    return Text(message, plural, file, 1)


def write(root: Path, name: str, content: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content, encoding="utf-8")


def test_texts_are_found_in_code_and_templates(tmp_path: Path) -> None:
    write(
        tmp_path,
        "app/a.py",
        '_("Một", name=1)\nN_("Hai " "ba")\nngettext("{n} hồ sơ", "{n} hồ sơ!", 2)\n_(variable)\n',
    )
    write(
        tmp_path,
        "templates/x/y.html",
        '<p title="{{ _("Bốn", n=1) }}">{% trans %}Năm{% endtrans %}</p>\n'
        '{{ macro(_("Sáu"), _(dynamic)) }} {{ ngettext("{n} người", "{n} người!", count) }}',
    )
    assert texts(tmp_path) == [
        Text("Một", None, "app/a.py", 1),
        Text("Hai ba", None, "app/a.py", 2),
        Text("{n} hồ sơ", "{n} hồ sơ!", "app/a.py", 3),
        Text("Bốn", None, "templates/x/y.html", 1),
        Text("Năm", None, "templates/x/y.html", 1),
        Text("Sáu", None, "templates/x/y.html", 2),
        Text("{n} người", "{n} người!", "templates/x/y.html", 2),
    ]


def test_a_broken_template_is_not_a_template_without_texts(tmp_path: Path) -> None:
    write(tmp_path, "templates/x.html", '{% if %}{{ _("Một") }}')
    with pytest.raises(TemplateSyntaxError):
        texts(tmp_path)


def test_absent_folders_hold_no_texts(tmp_path: Path) -> None:
    assert texts(tmp_path) == []
    assert bare_texts(tmp_path / "templates") == []


def test_a_complete_catalogue_has_no_problems() -> None:
    english = catalogue(
        polib.POEntry(msgid="Chào {name}", msgstr="Hello {name}"),
        polib.POEntry(
            msgid="{n} hồ sơ", msgid_plural="{n} hồ sơ", msgstr_plural={0: "One", 1: "{n} dossiers"}
        ),
    )
    assert problems(english, [text("Chào {name}"), text("{n} hồ sơ", "{n} hồ sơ")]) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (None, "not in the catalogue; run `make strings`"),
        (polib.POEntry(msgid="Chào {name}", msgstr=" "), "not translated"),
        (polib.POEntry(msgid="Chào {name}", msgstr="Hi {name}", flags=["fuzzy"]), "marked fuzzy"),
        (polib.POEntry(msgid="Chào {name}", msgstr="Hi"), "placeholders differ in 'Hi'"),
        (
            polib.POEntry(msgid="Chào {name}", msgstr="Hi {name"),
            "braces do not match in 'Hi {name': expected '}' before end of string",
        ),
    ],
)
def test_what_is_wrong_with_a_translation(entry: polib.POEntry | None, problem: str) -> None:
    english = catalogue(*([entry] if entry else []))
    assert problems(english, [text("Chào {name}")]) == [f"app/a.py:1: 'Chào {{name}}': {problem}"]


@pytest.mark.parametrize(
    ("forms", "problem"),
    [
        ({0: "one"}, "not translated"),
        ({0: "{n} one", 1: ""}, "not translated"),
        ({0: "one", 1: "{m} many"}, "placeholders differ in '{m} many'"),
    ],
)
def test_what_is_wrong_with_a_plural(forms: dict[int, str], problem: str) -> None:
    english = catalogue(polib.POEntry(msgid="{n} đơn", msgid_plural="{n} đơn", msgstr_plural=forms))
    assert problems(english, [text("{n} đơn", "{n} đơn")]) == [
        f"app/a.py:1: '{{n}} đơn': {problem}"
    ]


def test_a_translation_nobody_uses_has_to_go() -> None:
    english = catalogue(
        polib.POEntry(msgid="Cũ", msgstr="Old"),
        polib.POEntry(msgid="Rất cũ", msgstr="Very old", obsolete=True),
    )
    assert [line.split(": ", 1)[1] for line in problems(english, [])] == [
        "'Cũ': used nowhere",
        "'Rất cũ': used nowhere",
    ]


def test_update_keeps_translations_and_orders_by_file(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    old = read(path)
    old.extend(
        [
            polib.POEntry(msgid="Cũ", msgstr="Old"),
            polib.POEntry(msgid="Lưu", msgstr="Save", tcomment="a verb"),
        ]
    )
    found = [text("Mới"), text("Lưu"), text("Mới"), text("Lưu", file="templates/b.html")]
    updated(old, found).save(str(path))

    new = read(path)
    assert [(e.msgid, e.msgstr, e.tcomment) for e in new] == [
        ("Mới", "", ""),
        ("Lưu", "Save", "a verb"),
    ]
    assert new.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert [file for file, _ in new[1].occurrences] == ["app/a.py", "templates/b.html"]

    once = path.read_bytes()
    updated(read(path), found).save(str(path))
    assert path.read_bytes() == once


def test_a_text_that_becomes_a_plural_keeps_what_was_translated() -> None:
    old = catalogue(polib.POEntry(msgid="{n} đơn", msgstr="{n} forms"))
    (entry,) = updated(old, [text("{n} đơn"), text("{n} đơn", "{n} đơn")])
    assert (entry.msgid_plural, entry.msgstr_plural) == ("{n} đơn", {0: "{n} forms", 1: ""})


def test_placeholders() -> None:
    assert placeholders("{a} và {b:d}, {{không}}") == {"a", "b"}


@pytest.mark.parametrize(
    "template",
    [
        "<p>Đơn vị</p>",
        '<input placeholder="Họ tên">',
        '<a title="{{ x }} điểm">',
        '{{ "Có" if x }}',
        "{{ field(label='Họ tên') }}",
        "<script>alert('Lỗi')</script>",
        "{% trans %}Có{% endtrans %} và",
    ],
)
def test_bare_vietnamese_is_seen(tmp_path: Path, template: str) -> None:
    write(tmp_path, "movement/page.html", f"<main>\n{template}</main>")
    (line,) = bare_texts(tmp_path)
    assert line.startswith("movement/page.html:2: ")


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ _('Đơn vị') }}</p>",
        '<input placeholder="{{ _("Họ tên") }}">',
        "{{ field(label=_('Họ tên')) }}",
        "{%- trans %}Có{% endtrans %}",
        "{# Ghi chú #}<!-- Ghi\nchú -->",
        '<a lang="vi">Tiếng Việt</a> Thi Đua',
        "<p>OK 100 %</p>",
    ],
)
def test_what_is_marked_or_not_vietnamese_passes(tmp_path: Path, template: str) -> None:
    write(tmp_path, "movement/page.html", template)
    assert bare_texts(tmp_path) == []


def test_printed_papers_stay_vietnamese(tmp_path: Path) -> None:
    write(tmp_path, "decisions/_print_annex.html", "Danh sách kèm theo Quyết định")
    write(tmp_path, "decisions/page.html", "Quyết định")
    assert bare_texts(tmp_path) == ["decisions/page.html:1: Quyết định"]
