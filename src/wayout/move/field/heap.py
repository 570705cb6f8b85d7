"""A binary heap in which everything has its place: each thing is in it at most once, so it cannot overflow."""

# The compiler infers the types of compiled functions; annotations of unsigned arithmetic would only be noise.
# ruff: noqa: ANN001, ANN201
# mypy: disallow-untyped-defs=False

from numba import njit


@njit(cache=True, nogil=True, error_model="numpy")
def queue(it, key, keys, heap, place, size):
    """Put something into the heap, or move it forward; return the heap's new size."""
    at = place[it]
    if at < 0:
        at = size
        size += 1
    elif keys[it] <= key:
        return size
    keys[it] = key
    while at > 0:
        parent = (at - 1) >> 1
        if keys[heap[parent]] <= key:
            break
        heap[at] = heap[parent]
        place[heap[at]] = at
        at = parent
    heap[at] = it
    place[it] = at
    return size


@njit(cache=True, nogil=True, error_model="numpy")
def take(keys, heap, place, size):
    """Take what has the least key out of the heap."""
    first = heap[0]
    place[first] = -1
    last = heap[size - 1]
    size -= 1
    if size > 0:
        at = 0
        while True:
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and keys[heap[child + 1]] < keys[heap[child]]:
                child += 1
            if keys[last] <= keys[heap[child]]:
                break
            heap[at] = heap[child]
            place[heap[at]] = at
            at = child
        heap[at] = last
        place[last] = at
    return first
