/** What is to happen, by when: a binary heap. What is due at the same millisecond happens in the order it was put there. */
export interface Agenda {
  readonly put: (at: number, act: () => void) => void;
  readonly next: () => { readonly at: number; readonly act: () => void } | undefined;
  readonly size: () => number;
}

interface Due {
  readonly at: number;
  readonly place: number;
  readonly act: () => void;
}

export const openAgenda = (): Agenda => {
  const heap: Due[] = [];
  let places = 0;

  const before = (a: Due | undefined, b: Due | undefined): boolean =>
    a !== undefined && b !== undefined && (a.at - b.at || a.place - b.place) < 0;

  const swap = (one: number, other: number): void => {
    [heap[one], heap[other]] = [heap[other] as Due, heap[one] as Due];
  };

  return {
    put: (at, act) => {
      let index = heap.push({ at, place: (places += 1), act }) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!before(heap[index], heap[parent])) break;
        swap(index, parent);
        index = parent;
      }
    },
    next: () => {
      const [first] = heap;
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ;) {
        const [left, right] = [2 * index + 1, 2 * index + 2];
        const least = before(heap[right], heap[left]) ? right : left;
        if (!before(heap[least], heap[index])) return first;
        swap(index, least);
        index = least;
      }
    },
    size: () => heap.length,
  };
};
