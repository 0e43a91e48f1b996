"""From a nomination to a certificate that anybody can check: the whole way, over plain forms."""

from __future__ import annotations

import html
import io
import re

import pypdf
import pytest

from app.certificates import jobs
from app.certificates.tables import IssueBatch
from app.reports.invariants import broken
from tests.conftest import Browser, World
from tests.journey.steps import grant_everything, points_of

pytestmark = pytest.mark.anyio
ACHIEVEMENT = "Đã có thành tích xuất sắc trong phong trào học tập suốt đời năm 2025"


async def test_from_nomination_to_certificate(world: World) -> None:
    await grant_everything(world)
    round_path = f"/rounds/{world.ids['round_2025']}"
    nominations = await nominate(world, round_path)
    await attest(world, nominations)
    await score(world, round_path, nominations)
    await hold_session(world, round_path, nominations)
    decision = await decide(world, round_path)
    await issue(world, decision)
    await verify(world, decision)
    assert await broken() == []


async def nominate(world: World, round_path: str) -> dict[str, int]:
    found: dict[str, int] = {}
    ids = world.ids
    chosen = {
        "Hoàng Văn Ánh": ("individual", f"{ids['anh']}-{ids['phong_1']}"),
        "Nông Thị Chi": ("individual", f"{ids['chi']}-{ids['kv_1']}"),
        "Phòng 1": ("collective", str(ids["phong_1"])),
    }
    async with world.client("officer") as browser:
        for name, (subject, nominee) in chosen.items():
            answer = await browser.form(
                f"{round_path}/nominations",
                {"subject": subject, "nominee": nominee, "achievement": ACHIEVEMENT},
            )
            assert answer.status_code == 303, answer.text
            found[name] = int(answer.headers["location"].rsplit("/", 1)[1])
            for before, after in (("10", "45,5"), ("2", "9")):
                answer = await browser.form(
                    f"/nominations/{found[name]}/evidence",
                    {
                        "criterion": "C1" if subject == "individual" else "T1",
                        "statement": "Tự học có ghi nhận, tăng so với năm trước.",
                        "before": before,
                        "after": after,
                        "quantity_unit": "giờ",
                        "document": "Báo cáo số 45/BC-VKS",
                        "last_on": "15/10/2025",
                    },
                )
                assert answer.status_code == 303, answer.text
            answer = await browser.form(f"/nominations/{found[name]}/submission")
            assert answer.status_code == 303, answer.text
            page = (await browser.get(answer.headers["location"])).text
            assert "Đã nộp hồ sơ." in html.unescape(page)
    return found


async def attest(world: World, nominations: dict[str, int]) -> None:
    gates = {"head": ("G3", "G4"), "appraiser": ("G1",)}
    for login, codes in gates.items():
        async with world.client(login, now=world.at("2025-11-18")) as browser:
            for name, nomination in nominations.items():
                for gate in codes:
                    if gate == "G3" and name != "Phòng 1":
                        continue  # a person's yearly classification answers it
                    answer = await browser.form(
                        f"/nominations/{nomination}/attestations",
                        {"gate": gate, "positive": "yes", "statement": "Đã kiểm tra, xác nhận."},
                    )
                    assert answer.status_code == 303, answer.text


async def score(world: World, round_path: str, nominations: dict[str, int]) -> None:
    async with world.client("secretary", now=world.at("2025-11-24")) as browser:
        answer = await browser.form(f"{round_path}/scoring-opening")
        assert answer.status_code == 303, answer.text
    for login in ("member_1", "member_2", "member_3"):
        async with world.client(login, now=world.at("2025-11-26")) as browser:
            for number, nomination in enumerate(nominations.values()):
                if (login, number) == ("member_2", 1):
                    answer = await browser.form(
                        f"/nominations/{nomination}/recusal", {"reason": "Là người thân."}
                    )
                else:
                    answer = await browser.form(
                        f"/nominations/{nomination}/sheet",
                        {"version": "0", **points_of(number, login)},
                    )
                assert answer.status_code == 303, answer.text
    async with world.client("secretary", now=world.at("2025-12-06")) as browser:
        answer = await browser.form(f"{round_path}/scoring-closure")
        assert answer.status_code == 303, answer.text
        ranking = html.unescape((await browser.get(f"{round_path}/ranking")).text)
        assert ranking.index("Hoàng Văn Ánh") < ranking.index("Nông Thị Chi")
        export = await browser.get(f"{round_path}/ranking/individual/export.json")
        assert export.json()["format"] == "thidua-rank/1"


async def hold_session(world: World, round_path: str, nominations: dict[str, int]) -> None:
    votes = {"Hoàng Văn Ánh": "3", "Nông Thị Chi": "1", "Phòng 1": "2"}
    async with world.client("secretary", now=world.at("2025-12-12")) as browser:
        data = {"held_on": "12/12/2025", "members_present": "3", "minutes_number": "15/BB-HĐ"}
        data |= {f"votes_{nominations[name]}": agree for name, agree in votes.items()}
        answer = await browser.form(f"{round_path}/council-session", data)
        assert answer.status_code == 303, answer.text


async def decide(world: World, round_path: str) -> str:
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        answer = await browser.form(
            f"{round_path}/decision",
            {
                "signed_on": "2025-12-19",
                "place": "Hà Nội",
                "signer_capacity": "head",
                "signer_title": "Viện trưởng",
                "signer_name": "Lê Minh Quân",
            },
        )
        assert answer.status_code == 303, answer.text
        decision = answer.headers["location"]
        page = html.unescape((await browser.get(decision)).text)
        assert "01/QĐ-VKSTC" in page
        assert "710.000" in page  # 0,3 x 2.340.000, rounded up
        assert "1.410.000" in page
        assert "Nông Thị Chi" not in page  # one vote of three
        paper = await browser.get(f"{decision}/decision.pdf")
        assert paper.content.startswith(b"%PDF")
    return decision


async def issue(world: World, decision: str) -> None:
    async with world.client("secretary", now=world.at("2025-12-19")) as browser:
        answer = await browser.form(f"{decision}/certificates")
        assert answer.status_code == 303, answer.text
        page = html.unescape((await browser.get(f"{decision}/certificates")).text)
        assert "0/2" in page
        batch = await IssueBatch.select(IssueBatch.id).first()
        assert batch is not None
        await jobs.make_files(batch["id"], now=world.at("2025-12-19"))
        page = (await browser.get(f"{decision}/certificates")).text
        certificates = re.findall(r'href="(/certificates/\d+/certificate\.pdf)"', page)
        assert len(certificates) == 2
        texts = [text_of((await browser.get(path)).content) for path in certificates]
        together = text_of((await browser.get(f"{decision}/print-file.pdf")).content)
    assert sorted(name for name in ("Hoàng Văn Ánh", "Phòng 1") if name in " ".join(texts)) == [
        "Hoàng Văn Ánh",
        "Phòng 1",
    ]
    assert [text for text in texts if text not in together] == []


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


async def verify(world: World, decision: str) -> None:
    async with world.client("staff", now=world.at("2025-12-20")) as browser:
        own = await browser.get("/certificates")
        assert html.unescape(own.text).count("Hoàng Văn Ánh") >= 2  # the header and the row
        assert "Phòng 1<" not in own.text.split("<main")[1].split("tbody")[0]
    async with world.client("secretary", now=world.at("2025-12-20")) as browser:
        page = (await browser.get(f"{decision}/certificates")).text
        first = re.findall(r'href="(/certificates/\d+)"', page)[0]
        code = re.findall(r'href="[^"]*/v/([0-9A-Z-]+)"', (await browser.get(first)).text)[0]
    async with world.client() as stranger:
        await shown_as_genuine(stranger, code)
        await shown_as_genuine(stranger, code.lower().replace("-", " "))
        unknown = await stranger.get("/v/0000-0000-0000")
        assert unknown.status_code == 404


async def shown_as_genuine(stranger: Browser, code: str) -> None:
    answer = await stranger.get(f"/v/{code}", follow_redirects=True)
    text = html.unescape(answer.text)
    assert answer.status_code == 200
    assert "01/QĐ-VKSTC" in text
    assert "0001/2025" in text
