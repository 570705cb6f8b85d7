"""The parser multiplies by NumPy's BLAS, on one thread while it works."""

from threadpoolctl import threadpool_info

from wayout.text.blas import one_thread
from wayout.text.english import open_english


def _threads():
    return {p["num_threads"] for p in threadpool_info() if p["user_api"] == "blas" and "numpy" in p["filepath"]}


def test_one_thread_meanwhile_and_as_before_after():
    before = _threads()
    with one_thread():
        assert _threads() == {1}
    assert _threads() == before


def test_every_model_of_the_pipeline_uses_it():
    used = {
        node.ops.use_blis
        for _, step in open_english().components
        if hasattr(getattr(step, "model", None), "walk")
        for node in step.model.walk()
        if hasattr(node.ops, "use_blis")
    }
    assert used == {False}
