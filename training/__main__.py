"""The command line of the training.

    python -m training build --pack ../shared/train --re3d ../shared/bench/re3d/visible.jsonl --encoder DIR --out DIR
    python -m training crossvalidate ...the same...

`--encoder` holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2. Both commands do the first step where `--work` does
not hold its result yet, and take it where it does; `build` puts the figures of the last `crossvalidate` into the card.
About an hour and a half for `build` on two cores, minutes on a GPU, which is used where torch finds one.
"""

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import torch
from safetensors.torch import load_file, save_file

from dateline.engines.card import LINKS, Corpus
from dateline.engines.engine import Engine
from dateline.engines.pieces import Pieces
from dateline.engines.weights import load_weights
from training import crossvalidate, provenance
from training.claims import FIGURES, TRAITS, CodedReport, read_corpus
from training.corpora import Document
from training.learn import learn
from training.measure import measure
from training.network import Network
from training.package import package
from training.recipe import (
    CAUTION,
    FIRST,
    OWN,
    SECOND,
    THIRD,
    Sources,
    first_epoch,
    labels_of,
    own_reports,
    posts,
    reports,
    second_epoch,
    third_epoch,
    treebanks,
)
from training.silver import silver_documents
from training.windows import PLAIN, Labels, Window, windows

VERSION = "4"
CORPUS = Path(__file__).parents[1] / "corpus" / "train.jsonl"


@dataclass(frozen=True)
class Workshop:
    """What every step needs: the corpora, the vocabulary, the labels, where to work."""

    sources: Sources
    encoder: Path
    work: Path
    pieces: Pieces
    labels: Labels
    trees: list[Document]
    coded: list[CodedReport]
    device: torch.device
    corpora: tuple[Corpus, ...]

    @property
    def first_stamp(self) -> str:
        """Of the data and the plan of the first step: states of others are not taken."""
        files = [
            self.sources.pack / c.file for c in provenance.read_table().of(self.sources.build) if not c.file.startswith("re3d/")
        ]
        return self._stamp(FIRST, [provenance.sha256_of(path) for path in files])

    @property
    def stamp(self) -> str:
        """The same of both steps."""
        return self._stamp((FIRST, SECOND, CAUTION), [corpus.sha256 for corpus in self.corpora])

    def _stamp(self, plan: object, checksums: Sequence[str]) -> str:
        told = repr((plan, self.labels.claims, checksums))
        return f"{self.sources.build}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"

    def sizes(self) -> dict[str, int]:
        names = ("upos", "xpos", "relations", "named", "gum", "entities")
        return {name: len(getattr(self.labels, name)) for name in names} | {"links": len(LINKS)}

    def plain(self, documents: Sequence[Document]) -> list[Window]:
        return list(windows(documents, self.pieces, self.labels, PLAIN, Random(0)))


def open_workshop(args: argparse.Namespace) -> Workshop:
    """Check the files against the table, and read the corpora."""
    sources = Sources(args.pack, args.re3d, args.build)
    corpora = (*checked(sources, args.encoder, any_data=args.any_data), provenance.own_corpus(args.corpus))
    vocabulary = (args.encoder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    banks = treebanks(sources, "train")
    trees = [document for name in sorted(banks) for document in banks[name]]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    args.work.mkdir(parents=True, exist_ok=True)
    coded = read_corpus(args.corpus)
    labels = labels_of(trees, coded)
    return Workshop(sources, args.encoder, args.work, Pieces(vocabulary), labels, trees, coded, device, corpora)


def checked(sources: Sources, encoder: Path, *, any_data: bool) -> tuple[Corpus, ...]:
    """The corpora of the build, as the card names them. WrongFileError where a file is not the table's."""
    table = provenance.read_table()
    for origin in (table.encoder, table.vocabulary):
        provenance.check(origin, encoder / origin.file, any_data=any_data)
    used = (provenance.check(c, path_of(c, sources), any_data=any_data) for c in table.of(sources.build))
    return (*used, *provenance.own_corpora(OWN))


def new_network(shop: Workshop, state: Path | None) -> Network:
    """A network with the weights of `state`, else the bare encoder with new heads."""
    torch.manual_seed(FIRST.seed)
    claims = shop.labels.claims
    traits, figures = ([len(getattr(claims, name)) for name in names] for names in (TRAITS, FIGURES))
    network = Network(len(shop.pieces), shop.sizes(), traits, figures)
    if state is None:
        network.encoder.load_bert(load_file(shop.encoder / "model.safetensors"))
    else:
        network.load_state_dict(load_file(state))
    return network.to(shop.device)


def first_step(shop: Workshop) -> Path:
    """The state after the first step, trained where it is not there yet."""
    state = shop.work / f"first-{shop.first_stamp}.safetensors"
    if not state.exists():
        network = new_network(shop, None)
        tell = told("first step", shop, treebanks(shop.sources, "dev"))
        short = posts(shop.sources, "train")
        mean = learn(network, first_epoch(shop.trees, short, shop.pieces, shop.labels), FIRST, tell, shop.device)
        save_file(mean.state_dict(), state)
    return state


def second_step(shop: Workshop, name: str, left_out: str | None) -> Network:
    """The network after the second step, without the reports of one source; trained where its state is not there yet."""
    kept = "all" if left_out is None else "without-" + re.sub(r"\W+", "-", left_out.lower())
    state = shop.work / f"second-{shop.stamp}-{kept}.safetensors"
    if state.exists():
        return new_network(shop, state)
    network = new_network(shop, first_step(shop))
    marked = [d for d in reports(shop.sources) if d.source != left_out] + own_reports()
    tell = told(name, shop, {"gum": treebanks(shop.sources, "dev")["gum"]})
    mean = learn(network, second_epoch(marked, shop.coded, shop.trees, shop.pieces, shop.labels), SECOND, tell, shop.device)
    save_file(mean.state_dict(), state)
    return mean


def third_step(shop: Workshop, network: Network, teacher: Path) -> Network:
    """The network after one more epoch, in which it reads the trees of the model in the folder `teacher` again."""
    silver = silver_documents(shop.coded, Engine(load_weights("en", teacher)))
    marked = reports(shop.sources) + own_reports()
    tell = told("third step", shop, {"gum": treebanks(shop.sources, "dev")["gum"]})
    epoch = third_epoch(marked, shop.coded, shop.trees, silver, shop.pieces, shop.labels)
    return learn(network, epoch, THIRD, tell, shop.device)


def told(name: str, shop: Workshop, dev: dict[str, list[Document]]) -> Callable[[int, dict[str, float], Network], None]:
    """Tells the losses after each epoch, and the figures on the dev sets after every third."""
    plain = {bank: shop.plain(documents) for bank, documents in dev.items()}

    def tell(epoch: int, losses: dict[str, float], mean: Network) -> None:
        print(name, "epoch", epoch + 1, {k: round(v, 3) for k, v in losses.items()}, flush=True)
        if epoch % 3 == 2:
            for bank, found in plain.items():
                figures = measure(mean, found, shop.labels, shop.device)
                print("   ", bank, {k: round(v, 2) for k, v in figures.items()}, flush=True)

    return tell


def build(shop: Workshop, args: argparse.Namespace) -> int:
    """Train on everything and write the files that ship."""
    network = second_step(shop, "second step", None)
    if args.teacher is not None:
        network = third_step(shop, network, args.teacher)
    figures = shop.work / f"crossvalidation-{shop.stamp}.json"
    card = package(
        network,
        shop.labels,
        args.out,
        vocabulary=shop.encoder / "vocab.txt",
        encoder=shop.encoder / "model.safetensors",
        build=shop.sources.build,
        version=VERSION,
        caution=CAUTION,
        corpora=shop.corpora,
        scores=json.loads(figures.read_text()) if figures.exists() else {},
    )
    print(f"{args.out / card.file}: {card.bytes / 1e6:.1f} MB, {card.sha256}")
    return 0


def path_of(origin: provenance.Origin, sources: Sources) -> Path:
    return sources.re3d if origin.file.startswith("re3d/") else sources.pack / origin.file


def validate(shop: Workshop, args: argparse.Namespace) -> int:
    """Leave out each source of re3d in turn; write and print the figures over all of them."""
    gold = crossvalidate.read_gold(args.re3d)
    total: dict[str, crossvalidate.Counts] = {}
    for number, source in enumerate(crossvalidate.sources(gold)):
        begun = time.time()
        folder = shop.work / f"fold-{number}"
        network = second_step(shop, f"without {source}", source)
        package(
            network, shop.labels, folder,
            vocabulary=shop.encoder / "vocab.txt", encoder=shop.encoder / "model.safetensors",
            build=shop.sources.build, version=f"fold {number}", caution=CAUTION,
        )  # fmt: skip
        counts = crossvalidate.by_type(folder, [report for report in gold if report.source == source])
        print(f"{source}: exact micro F1 {counts['micro'].f1:.1f} ({time.time() - begun:.0f} s)", flush=True)
        total = {kind: total.get(kind, crossvalidate.Counts()) + count for kind, count in counts.items()}
    figures = {f"re3d, sources left out in turn, exact: {kind} F1": round(c.f1, 1) for kind, c in total.items() if c.gold}
    (shop.work / f"crossvalidation-{shop.stamp}.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    return 0


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("command", choices=("build", "crossvalidate"))
    parser.add_argument("--pack", type=Path, required=True, help="the data pack: core/ and sa/")
    parser.add_argument("--re3d", type=Path, required=True, help="the re3d documents (JSON lines)")
    parser.add_argument(
        "--corpus", type=Path, default=CORPUS, help="the coded reports to learn claims from (default: %(default)s)"
    )
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("--teacher", type=Path, help="the folder of a model whose trees of the coded reports a third step learns")
    parser.add_argument("--build", choices=("core", "core+sa"), default="core+sa", help="licences of the data: see corpora.yaml")
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="where states between the steps are kept")
    parser.add_argument("--out", type=Path, default=Path("training-work/model"), help="where the model is written")
    parser.add_argument("--threads", type=int, default=0, help="threads of torch (default: its own choice)")
    parser.add_argument("--any-data", action="store_true", help="take files whose checksums differ from those of corpora.yaml")
    args = parser.parse_args(argv)
    if args.threads:
        torch.set_num_threads(args.threads)
    try:
        shop = open_workshop(args)
        return build(shop, args) if args.command == "build" else validate(shop, args)
    except (OSError, provenance.WrongFileError) as e:
        print(f"training: {e}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
