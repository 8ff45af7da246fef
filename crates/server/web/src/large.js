// A network of hundreds or thousands of actors, drawn by WebGL. Fetched only when a reader asks for all of them.
import Graph from 'graphology';
import Sigma from 'sigma';

/** Simulation steps: fewer for more actors, so that the reader waits about as long. */
const steps = n => Math.round(Math.max(60, Math.min(300, 120000 / n)));

/** The value that a colour token has in the theme now. */
function tone(box, token) {
  const probe = box.appendChild(document.createElement('i'));
  probe.style.color = `var(--${token})`;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/** Positions in a unit square that depend on ids and ties only; lets the page breathe between the steps. */
export async function place(d3, nodes, ties, seed, going) {
  const list = nodes.map(n => ({ id: n.id, n: n.n, x: seed(n.id) * 1000, y: seed(`${n.id}y`) * 1000 }));
  const at = new Map(list.map(n => [n.id, n]));
  const links = [...new Map(ties.map(t => [[t.a, t.b].sort().join(' '), { source: at.get(t.a), target: at.get(t.b) }])).values()];
  const sim = d3.forceSimulation(list).force('link', d3.forceLink(links).distance(40).strength(0.2)).force('charge', d3.forceManyBody().strength(-60).theta(1.1).distanceMax(600)).force('x', d3.forceX(0).strength(0.05)).force('y', d3.forceY(0).strength(0.06)).stop();
  const all = steps(list.length);
  sim.alphaDecay(1 - 0.001 ** (1 / all));
  for (let done = 0; done < all && going(); done += 10) {
    sim.tick(Math.min(10, all - done));
    await new Promise(next => setTimeout(next));
  }
  return at;
}

/** The name of the disc under the pointer, on a ground of the theme. */
const hover = ground => (context, data, settings) => {
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const text = data.label ?? '';
  context.fillStyle = ground;
  context.fillRect(data.x - data.size - 3, data.y - 12, data.size * 2 + 12 + context.measureText(text).width, 24);
  context.fillStyle = data.color;
  context.beginPath();
  context.arc(data.x, data.y, data.size, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = settings.labelColor.color;
  context.fillText(text, data.x + data.size + 4, data.y + settings.labelSize / 3);
};

/** Draws into `box`. Gives `{zoom, pick, end}`; throws where there is no WebGL. `told` gets the id that was clicked, or null. */
export function draw(box, at, nodes, ties, { name, isState, picked, told }) {
  const ink = tone(box, 'ink');
  const quad = [1, 2, 3, 4].map(q => tone(box, `q${q}`));
  const [disc, state, faint] = [tone(box, 'ink-3'), ink, tone(box, 'hair')];
  const most = Math.max(1, ...nodes.map(n => n.ind));
  const graph = new Graph({ type: 'directed', multi: true });
  for (const n of nodes) graph.addNode(n.id, { x: at.get(n.id).x, y: -at.get(n.id).y, size: 3 + 15 * Math.sqrt(n.ind / most), color: isState(n) ? state : disc, label: name(n.id) });
  for (const t of ties) graph.addEdge(t.a, t.b, { quad: t.quad, size: t.quad % 2 ? 0.8 : 2.2, color: quad[t.quad - 1] });
  let pick = picked;
  const near = id => id === pick || graph.areNeighbors(id, pick);
  const sigma = new Sigma(graph, box, {
    defaultEdgeType: 'arrow', labelFont: 'Desk Sans, system-ui, sans-serif', labelSize: 13, labelColor: { color: ink }, labelDensity: 0.7, labelRenderedSizeThreshold: 7, stagePadding: 30, minCameraRatio: 0.02, maxCameraRatio: 3,
    defaultDrawNodeHover: hover(tone(box, 'sheet')),
    nodeReducer: (id, data) => (pick && !near(id) ? { ...data, color: faint, label: null } : data),
    edgeReducer: (edge, data) => (pick && !graph.hasExtremity(edge, pick) ? { ...data, hidden: true } : data),
  });
  sigma.on('clickNode', e => told(e.node === pick ? null : e.node));
  sigma.on('clickStage', () => pick && told(null));
  const camera = sigma.getCamera();
  return {
    zoom: by => (by > 0 ? camera.animatedZoom({ duration: 0 }) : camera.animatedUnzoom({ duration: 0 })),
    pick: id => { pick = id && graph.hasNode(id) ? id : undefined; sigma.refresh(); },
    end: () => sigma.kill(),
  };
}
