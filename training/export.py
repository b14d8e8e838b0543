"""The trained network to the file that ships: one ONNX graph for one window, its matrices in eight bits."""

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.network import Network

OUTPUTS = ("upos", "xpos", "ends", "arcs", "relations", "heads", "named", "entities", "traits", "figures", "links")


class OneWindow(nn.Module):
    """The network on one window, without a batch: nothing is padded, so no other text can touch the figures."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, starts: Tensor) -> tuple[Tensor, ...]:
        """ids, shapes [T], starts [W] -> upos, xpos [W]; ends [W]; arcs [W, W + 1]; relation spaces; log shares of tags,
        of traits and of figures [W, labels]; log odds of links [W, roles, W]."""
        out = self.network(ids.unsqueeze(0), shapes.unsqueeze(0), starts.unsqueeze(0), None)
        ends = out["ends"][0]
        traits = out["traits"][0].split(list(self.network.trait_sizes), -1)
        figures = out["figures"][0].split(list(self.network.figure_sizes), -1)
        return (
            out["upos"][0].argmax(-1),
            out["xpos"][0].argmax(-1),
            ends[:, 1] - ends[:, 0],
            out["arcs"][0],
            out["rel_dep"][0],
            out["rel_head"][0],
            torch.log_softmax(out["named"][0], -1),
            torch.log_softmax(out["entities"][0], -1),
            torch.cat([torch.log_softmax(part, -1) for part in traits], -1),
            torch.cat([torch.log_softmax(part, -1) for part in figures], -1),
            out["links"][0],
        )


def export(network: Network, target: Path) -> None:
    """Write `network` as an ONNX file in full precision."""
    network.eval()
    ids = torch.arange(23)
    starts = torch.arange(1, 18)
    torch.onnx.export(
        OneWindow(network).eval(),  # its mode is set back to what it was, and the network's with it
        (ids, torch.ones_like(ids), starts),
        str(target),
        input_names=["ids", "shapes", "starts"],
        output_names=list(OUTPUTS),
        dynamic_axes={"ids": {0: "T"}, "shapes": {0: "T"}, "starts": {0: "W"}, **{name: {0: "W"} for name in OUTPUTS}},
        opset_version=20,
        dynamo=False,
    )


def quantise(source: Path, target: Path, *, seven_bits: bool = False) -> None:
    """Weights in eight bits (seven where the products must not overflow on old processors), a scale a column."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target),
            per_channel=True,
            reduce_range=seven_bits,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )
    onnx.checker.check_model(onnx.load(str(target)))
