"""A scheduler that asks for certificates (TLS): whoever has them is served, whoever has not is told in one line."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.experiments.sweep.processes import cluster, finished

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")]

SWEEP = (
    "sweep", "-m", "programme=zibo", "population.graduates=200", "days=20", "replicates=2", "figures=false", "outcomes=[station_guests]",
    "policy.lodging.free_nights=0,3,14",
)  # fmt: skip


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)  # noqa: S607


def make_authority(folder: Path, name: str) -> None:
    files = ("-keyout", f"{name}.key", "-out", f"{name}.pem")
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", *files)


def make_certificate(folder: Path, authority: str) -> None:
    """Make cert.pem and key.pem of this machine, signed."""
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n", encoding="utf-8")
    openssl(folder, "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=yizhan", "-keyout", "key.pem", "-out", "asked.csr")
    openssl(
        folder, "x509", "-req", "-in", "asked.csr", "-days", "2", "-extfile", "names", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key",
        "-CAcreateserial", "-out", "cert.pem",
    )  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Start a scheduler with TLS and a worker; yield their folder and the address."""
    folder = tmp_path_factory.mktemp("tls")
    make_authority(folder, "ours")
    make_authority(folder, "strange")
    make_certificate(folder, "ours")
    with cluster(folder, 1, "--tls-ca-file", "ours.pem", "--tls-cert", "cert.pem", "--tls-key", "key.pem") as (address, _, _):
        yield folder, address


def keys(authority: str, *more: str) -> tuple[str, ...]:
    return (f"hydra.launcher.tls_ca_file={authority}", *(f"hydra.launcher.{word}" for word in more))


OWN = ("tls_cert=cert.pem", "tls_key=key.pem")


def test_with_certificates_the_table_is_the_same(served: tuple[Path, str]) -> None:
    folder, address = served
    assert address.startswith("tls://127.0.0.1:")
    (file,) = folder.glob("scheduler-*.json")
    for number, scheduler in enumerate((address, file.name)):
        assert finished(folder, *SWEEP, f"output=by{number}", f"hydra.launcher.scheduler={scheduler}", *keys("ours.pem", *OWN)) == (0, [])
    assert finished(folder, *SWEEP, "output=here") == (0, [])
    tables = [(folder / name / "sweep.parquet").read_bytes() for name in ("by0", "by1", "here")]
    assert tables[0] == tables[1] == tables[2]


def test_a_command_without_such_keys_takes_those_of_dask(served: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, address = served
    for key, name in (("CA_FILE", "ours.pem"), ("CLIENT__CERT", "cert.pem"), ("CLIENT__KEY", "key.pem")):
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{key}", name)
    small = ("region.nation.markets=[Henan,Shandong]", "population.graduates=300", "days=10", "replicates=1", "figures=false")
    assert finished(folder, "run", "place=national", *small, "output=nation", f"scheduler={address}")[0] == 0
    assert (folder / "nation" / "markets.json").exists()


@pytest.mark.parametrize(("words", "said"), [
    (keys("strange.pem", *OWN), "no scheduler answers there (TLS certificate does not match"),
    (keys("names", *OWN), "no scheduler answers there ([X509: NO_CERTIFICATE_OR_CRL_FOUND]"),
    (keys("ours.pem"), "TLS needs an address that begins with tls://, and all of hydra.launcher.tls_ca_file=, hydra.launcher.tls_cert="),
    ((), "TLS needs the files (PEM) of the authority"),
    (keys("nosuch.pem", *OWN), "hydra.launcher.tls_ca_file=nosuch.pem: there is no such file"),
])  # fmt: skip
def test_without_the_right_ones_one_line_says_so(served: tuple[Path, str], words: tuple[str, ...], said: str) -> None:
    folder, address = served
    status, lines = finished(folder, *SWEEP, "output=out", f"hydra.launcher.scheduler={address}", *words)
    assert (status, len(lines)) == (2, 1), lines
    assert said in lines[0]
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("words", "said"), [((), "no scheduler answers there"), (keys("ours.pem", *OWN), "TLS needs an address that begins with tls://")])
def test_an_address_without_tls_is_told(served: tuple[Path, str], words: tuple[str, ...], said: str) -> None:
    folder, address = served
    status, lines = finished(folder, *SWEEP, "output=out", f"hydra.launcher.scheduler={address.replace('tls://', 'tcp://')}", *words)
    assert (status, len(lines)) == (2, 1), lines
    assert said in lines[0]
