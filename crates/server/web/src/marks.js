// Marked spans over a text to a tree of nested marks. Spans are code points; the text is cut, never changed.

/** Order of nesting for spans of the same stretch: outermost first. */
const DEPTH = { quote: 0, claim: 1, cue: 2, doubt: 3, who: 4, whom: 5, where: 6, when: 7, count: 8, did: 9 };

/** A function from code points to the text between two of them. */
export function slicer(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (a, b) => text.slice(a, b);
  const at = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) at.push(i);
  at.push(text.length);
  const of = n => at[Math.max(0, Math.min(n, at.length - 1))];
  return (a, b) => text.slice(of(a), of(b));
}

/** Spans cut to `[start, end)`, joined when role and stretch are the same. Each: `{a, b, role, of}`. */
export function within(marks, start, end) {
  const out = new Map();
  for (const m of marks) {
    const a = Math.max(m.span[0], start);
    const b = Math.min(m.span[1], end);
    if (a >= b) continue;
    const key = `${a} ${b} ${m.role}`;
    const known = out.get(key);
    if (known) known.of = [...new Set([...known.of, ...m.of])];
    else out.set(key, { ...m, a, b, of: [...m.of] });
  }
  return [...out.values()];
}

const order = (x, y) => x.a - y.a || y.b - x.b || (DEPTH[x.role] ?? 10) - (DEPTH[y.role] ?? 10);

/** Nests spans over `[start, end)`: a list of texts `{a, b}` and marks `{mark, a, b, parts}`. Crossing spans are cut at the border. */
export function nest(spans, start, end) {
  const queue = [...spans].sort(order);
  const root = { a: start, b: end, parts: [] };
  const open = [root];
  let at = start;
  const text = to => {
    if (to > at) open[open.length - 1].parts.push({ a: at, b: to });
    at = Math.max(at, to);
  };
  const closeInto = to => {
    while (open.length > 1 && open[open.length - 1].b <= to) {
      text(open[open.length - 1].b);
      open.pop();
    }
  };
  while (queue.length) {
    const span = queue.shift();
    closeInto(span.a);
    const top = open[open.length - 1];
    if (span.b > top.b) {
      const rest = { ...span, a: top.b, tail: true };
      span.b = top.b;
      insert(queue, rest);
    }
    text(span.a);
    const node = { mark: span, a: span.a, b: span.b, parts: [] };
    top.parts.push(node);
    open.push(node);
  }
  closeInto(end);
  text(end);
  return root.parts;
}

function insert(queue, span) {
  let i = 0;
  while (i < queue.length && order(queue[i], span) <= 0) i++;
  queue.splice(i, 0, span);
}
