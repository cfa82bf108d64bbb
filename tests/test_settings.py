"""Settings: where they come from, which comes first, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Settings, load_settings
from index import SettingsError


def test_defaults() -> None:
    assert load_settings({}) == Settings()
    assert Settings().home == Path(".pincite")


def test_given_goes_before_environment_before_file(tmp_path: Path) -> None:
    file = tmp_path / "pincite.toml"
    file.write_text('home = "from-file"\n[index]\nrerank = 5\ncandidates = 20\n[answer]\nsentences = 2\n')
    environment = {"PINCITE_HOME": "from-environment", "PINCITE_INDEX__RERANK": "7", "PATH": "/bin"}
    settings = load_settings(environment, file, home=Path("given"))
    assert settings.home == Path("given")
    assert load_settings(environment, file).home == Path("from-environment")
    assert (settings.index.rerank, settings.index.candidates, settings.answer.sentences) == (7, 20, 2)
    assert load_settings({}, file).index.rerank == 5


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"PINCITE_INDX__MODEL": "x"}, "indx.*known here: answer, check, generation, home, index, llm, web"),
        ({"PINCITE_INDEX__MODL": "x"}, "index.modl.*known here: .*model"),
        ({"PINCITE_INDEX__RERANK": "1000"}, "index.rerank = '1000'.*less than or equal to 100"),
        ({"PINCITE_INDEX__RERANK": "many"}, "index.rerank = 'many'"),
        ({"PINCITE_HOME": "a", "PINCITE_HOME__X": "1"}, "PINCITE_HOME__X: 'home' is a value, not a section"),
        ({"PINCITE_INDEX__CHROMA_URL": "ftp://x"}, "index.chroma_url"),
        ({"PINCITE_WEB__PORT": "70000"}, "web.port"),
    ],
)
def test_what_is_wrong_is_said(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_settings(environment)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pincite.toml"
    file.write_text("home = ")
    with pytest.raises(SettingsError, match=r"pincite\.toml"):
        load_settings({}, file)
