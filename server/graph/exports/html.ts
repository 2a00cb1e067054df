import type { Picture } from '../layout';
import { escaped, svgElement } from './svg';

/**
 * The picture as a page of its own: drag to pan, wheel or buttons to zoom, a search field, and on hover what a block
 * depends on and what depends on it. Loads nothing.
 */
export function toHtml(picture: Picture): string {
  const blocks = picture.boxes.filter((box) => box.kind !== 'module').length;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(picture.root)}: dependency graph</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escaped(picture.root)}</h1>
<p>${blocks} blocks, ${picture.lines.length} dependencies</p>
<input id="search" type="search" placeholder="Find a block" aria-label="Find a block">
<span id="found" role="status"></span>
<span class="key"><i class="solid"></i> by reference</span><span class="key"><i class="dashed"></i> by depends_on</span>
<button id="out" aria-label="Zoom out">−</button><button id="in" aria-label="Zoom in">+</button><button id="fit">Fit</button>
</header>
<main id="view" tabindex="0" aria-label="Graph; arrow keys move, plus and minus zoom, 0 fits">
${svgElement(picture, ' id="graph"')}
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

const pageStyle = `
  * { box-sizing: border-box; }
  html, body { margin: 0; height: 100%; font: 13px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; color: #1f2328; }
  body { display: flex; flex-direction: column; background: #f6f8fa; }
  header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 8px 14px; background: #fff; border-bottom: 1px solid #d0d7de; }
  h1 { font-size: 14px; margin: 0; } header p { margin: 0; color: #59636e; }
  input { padding: 4px 8px; border: 1px solid #d0d7de; border-radius: 4px; font: inherit; width: 220px; margin-left: auto; }
  button { padding: 4px 10px; border: 1px solid #d0d7de; border-radius: 4px; background: #f6f8fa; font: inherit; cursor: pointer; }
  button:hover { background: #eaeef2; } :focus-visible { outline: 2px solid #0969da; outline-offset: 1px; }
  .key { display: inline-flex; align-items: center; gap: 6px; color: #59636e; }
  .key i { width: 26px; border-top: 2px solid #8c959f; } .key i.dashed { border-top: 2px dashed #6639ba; }
  main { flex: 1; overflow: hidden; position: relative; cursor: grab; touch-action: none; }
  main.dragging { cursor: grabbing; }
  #graph { position: absolute; left: 0; top: 0; transform-origin: 0 0; overflow: visible; }
  #graph.dimmed [data-id]:not(.lit), #graph.dimmed [data-from]:not(.lit) { opacity: 0.2; }
  @media print { header { display: none; } main { overflow: visible; } }
`;

const pageScript = `
(() => {
  const view = document.getElementById('view');
  const graph = document.getElementById('graph');
  const found = document.getElementById('found');
  const size = { width: graph.width.baseVal.value, height: graph.height.baseVal.value };
  let at = { x: 0, y: 0, scale: 1 };
  const draw = () => { graph.style.transform = 'translate(' + at.x + 'px,' + at.y + 'px) scale(' + at.scale + ')'; };
  const fit = () => {
    const scale = Math.min(1.25, view.clientWidth / size.width, view.clientHeight / size.height);
    at = { scale, x: (view.clientWidth - size.width * scale) / 2, y: (view.clientHeight - size.height * scale) / 2 };
    draw();
  };
  const zoom = (factor, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
    const scale = Math.min(4, Math.max(0.05, at.scale * factor));
    at = { scale, x: x - (x - at.x) * scale / at.scale, y: y - (y - at.y) * scale / at.scale };
    draw();
  };
  const light = (ids) => {
    graph.classList.toggle('dimmed', ids !== undefined);
    for (const box of graph.querySelectorAll('[data-id]')) box.classList.toggle('lit', ids?.has(box.dataset.id) === true);
    for (const line of graph.querySelectorAll('[data-from]')) {
      line.classList.toggle('lit', ids?.lines === true && (line.dataset.from === ids.centre || line.dataset.to === ids.centre));
    }
  };
  const around = (id) => {
    const ids = new Set([id]);
    for (const line of graph.querySelectorAll('[data-from]')) {
      if (line.dataset.from === id) ids.add(line.dataset.to);
      if (line.dataset.to === id) ids.add(line.dataset.from);
    }
    for (const one of [...ids]) for (const box of graph.querySelectorAll('.module')) {
      if (one.startsWith(box.dataset.id + '.')) ids.add(box.dataset.id);
    }
    return Object.assign(ids, { centre: id, lines: true });
  };
  let drag;
  view.addEventListener('pointerdown', (event) => { drag = { x: event.clientX - at.x, y: event.clientY - at.y }; view.setPointerCapture(event.pointerId); view.classList.add('dragging'); });
  view.addEventListener('pointermove', (event) => {
    if (drag !== undefined) { at = { ...at, x: event.clientX - drag.x, y: event.clientY - drag.y }; draw(); return; }
    if (search.value !== '') return;
    const box = event.target.closest?.('.box');
    light(box === null || box === undefined ? undefined : around(box.dataset.id));
  });
  for (const name of ['pointerup', 'pointercancel']) view.addEventListener(name, () => { drag = undefined; view.classList.remove('dragging'); });
  view.addEventListener('wheel', (event) => { event.preventDefault(); const edge = view.getBoundingClientRect(); zoom(Math.exp(-event.deltaY / 400), event.clientX - edge.left, event.clientY - edge.top); }, { passive: false });
  view.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step !== undefined) { at = { ...at, x: at.x + step[0], y: at.y + step[1] }; draw(); }
    else if (event.key === '+' || event.key === '=') zoom(1.25);
    else if (event.key === '-') zoom(0.8);
    else if (event.key === '0') fit();
    else return;
    event.preventDefault();
  });
  const search = document.getElementById('search');
  search.addEventListener('input', () => {
    const text = search.value.trim().toLowerCase();
    if (text === '') { light(undefined); found.textContent = ''; return; }
    const ids = new Set([...graph.querySelectorAll('[data-id]')].map((box) => box.dataset.id).filter((id) => id.toLowerCase().includes(text)));
    found.textContent = ids.size + ' found';
    light(ids);
  });
  document.getElementById('in').addEventListener('click', () => zoom(1.25));
  document.getElementById('out').addEventListener('click', () => zoom(0.8));
  document.getElementById('fit').addEventListener('click', fit);
  addEventListener('resize', fit);
  fit();
})();
`;
