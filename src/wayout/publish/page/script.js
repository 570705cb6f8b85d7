"use strict";
// Zoom and pan of the map, and evidence opened for print. The page is complete without this script.
(() => {
  const tools = document.querySelector(".map-tools");
  const maps = [];
  for (const map of document.querySelectorAll("svg.map")) {
    const whole = map.viewBox.baseVal;
    const full = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
    let view = { ...full };
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    const show = () => {
      view.x = clamp(view.x, full.x, full.x + full.w - view.w);
      view.y = clamp(view.y, full.y, full.y + full.h - view.h);
      map.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
      map.classList.toggle("zoomed", view.w < full.w);
    };
    const zoom = (factor, cx = view.x + view.w / 2, cy = view.y + view.h / 2) => {
      const w = clamp(view.w * factor, full.w / 6, full.w);
      const k = w / view.w;
      view = { x: cx - (cx - view.x) * k, y: cy - (cy - view.y) * k, w, h: view.h * k };
      show();
    };
    const pan = (dx, dy) => { view.x += dx * view.w; view.y += dy * view.h; show(); };
    const acts = {
      in: () => zoom(0.7), out: () => zoom(1 / 0.7), reset: () => { view = { ...full }; show(); },
      left: () => pan(-0.2, 0), right: () => pan(0.2, 0), up: () => pan(0, -0.2), down: () => pan(0, 0.2),
    };
    maps.push(acts);
    let held = null;
    map.addEventListener("pointerdown", (event) => {
      if (view.w < full.w) { held = { x: event.clientX, y: event.clientY }; map.setPointerCapture(event.pointerId); }
    });
    map.addEventListener("pointermove", (event) => {
      if (!held) return;
      const box = map.getBoundingClientRect();
      pan((held.x - event.clientX) / box.width, (held.y - event.clientY) / box.height);
      held = { x: event.clientX, y: event.clientY };
    });
    for (const name of ["pointerup", "pointercancel"]) map.addEventListener(name, () => { held = null; });
  }
  if (tools && maps.length) {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-map]");
      if (button) for (const acts of maps) acts[button.dataset.map]();
    });
  }
  // Browsers that do not open what a link leads into by themselves.
  const reveal = () => {
    const aim = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let part = aim && aim.closest("details:not([open])"); part; part = part.parentElement.closest("details:not([open])")) part.open = true;
    if (aim) aim.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details:not([open])")) { part.open = true; opened.push(part); }
  });
  addEventListener("afterprint", () => { for (const part of opened.splice(0)) part.open = false; });
})();
