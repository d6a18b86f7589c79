"""What the files for containers say is what foibot and its documents say."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "deploy/compose.yaml").read_text()


def test_the_workers_run_as_the_page_on_standing_by_says() -> None:
    assert "command: [run]\n" in COMPOSE
    assert "    foibot run\n" in (ROOT / "deploy/stand-by.md").read_text()
    assert len(re.findall(r"(?m)^  worker-\d: \*worker$", COMPOSE)) == 2


def test_the_office_is_mounted_where_the_container_looks_for_it() -> None:
    container = (ROOT / "deploy/Containerfile").read_text()
    (config,) = re.findall(r"FOIBOT_CONFIG=(\S+)/config\.toml", container)
    assert f"../office:{config}:ro" in COMPOSE
    (built,) = re.findall(r"dockerfile: (\S+)", COMPOSE)
    assert (ROOT / built).exists()


def test_the_database_is_given_no_password_of_the_mailbox() -> None:
    worker, _, services = COMPOSE.partition("\nservices:\n")
    assert "env_file: ../mail.env" in worker
    assert re.findall(r"env_file: (\S+)", services) == ["../database.env"]
    told = re.search(r"#   database\.env: (.+)", COMPOSE)
    assert told is not None
    assert "FOIBOT" not in told[1]
